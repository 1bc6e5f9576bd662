"""The schema as a SQLModel project that uses this tool, in the style of `app/`."""

from __future__ import annotations

from pathlib import Path

from bench.schema import Column, Schema, Table

_TYPES = {
    "uuid": ("UUID", None),
    "text": ("str", "Text"),
    "integer": ("int", None),
    "numeric": ("Decimal", "Numeric(10, 2)"),
    "boolean": ("bool", None),
    "jsonb": ("dict[str, Any]", "JSONB"),
    "timestamp": ("datetime", "DateTime(timezone=True)"),
    "naive": ("datetime", "DateTime()"),
}
_HEAD = """\
from __future__ import annotations

import enum
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, DateTime, ForeignKey, Index, Numeric, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from supabase_tasks.schema import Policy, authenticated, enum_type
"""
_PYPROJECT = """\
[tool.supabase-tasks]
project = "bench-{size}"
models = "app.models"
"""
_CONFIG = 'project_id = "bench{size}"\n\n[db]\nport = {port}\nmajor_version = 17\n'
TASKS = "from supabase_tasks import collection\n\nns = collection()\n"
# Away from the port that `supabase start` would use, and one per size.
_FIRST_PORT = 56300


def write(folder: Path, schema: Schema) -> None:
    """A whole project in `folder`: settings, tasks.py, models, an empty history."""
    size = len(schema.tables)
    texts = {
        "pyproject.toml": _PYPROJECT.format(size=size),
        "tasks.py": TASKS,
        "app/__init__.py": "",
        "supabase/config.toml": _CONFIG.format(size=size, port=_FIRST_PORT + size % 997),
    }
    for name, text in {**texts, **models(schema)}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (folder / "supabase" / "migrations").mkdir(exist_ok=True)


def models(schema: Schema) -> dict[str, str]:
    """The models' files by relative path."""
    found = {
        f"app/models/{module}.py": "\n\n".join([_HEAD + _enum(module), *(_table(table) for table in tables)])
        for module, tables in schema.modules.items()
    }
    imports = "\n".join(f"from app.models import {module}" for module in schema.modules)
    return {**found, "app/models/__init__.py": imports + "\n"}


def _enum(module: str) -> str:
    name = f"{module.title()}Status"
    return f'\n\nclass {name}(enum.Enum):\n    draft = "draft"\n    live = "live"\n    gone = "gone"\n'


def _table(table: Table) -> str:
    name, status = table.name, f"{table.module.title()}Status"
    lines = [
        f"class {table.class_name}(SQLModel, table=True):",
        f'    __tablename__ = "{name}"',
        "    __table_args__ = (",
        f'        Index("{name}_owner_idx", "owner_id", "created_at"),',
        f'        Index("{name}_parent_idx", "parent_id"),' if table.parent else "",
        f'        UniqueConstraint("owner_id", "title", name="{name}_title_key"),',
        f'        CheckConstraint("position >= 0", name="{name}_position_check"),',
        '        Policy("read own", command="select", to=authenticated, using="owner_id = (select auth.uid())"),',
        '        Policy("add own", command="insert", to=authenticated, check="owner_id = (select auth.uid())"),',
        "    )",
        '    id: UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})',
        _parent(table),
        f"    status: {status} = Field(sa_column=Column(enum_type({status}), nullable=False,"
        " server_default=text(\"'draft'\")))",
        *(_column(column) for column in table.columns),
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _parent(table: Table) -> str:
    if table.parent is None:
        return ""
    target = f'"{table.parent}.id", ondelete="CASCADE", name="{table.name}_parent_id_fkey"'
    return f"    parent_id: UUID = Field(sa_column=Column(ForeignKey({target}), nullable=False))"


def _column(column: Column) -> str:
    python, sql = _TYPES[column.type]
    options = [f"sa_type={sql}"] if sql else []
    if column.nullable:
        python, options = f"{python} | None", ["default=None", *options]
    if column.default:
        options.append(f'sa_column_kwargs={{"server_default": text("{column.default}")}}')
    return f"    {column.name}: {python}" + (f" = Field({', '.join(options)})" if options else "")
