"""The modules of the package: tables by group, enums, types, and what each of them imports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from supabase_tasks.flow.importing import names
from supabase_tasks.flow.importing.source import call, render, string
from supabase_tasks.flow.importing.tables import TableSource

_MANY = 12
_LANGUAGE = ("Grant", "Policy", "Revoke", "RowLevelSecurity", "Trigger", "anon", "authenticated", "service_role")
_TYPES = '''"""Types that SQLAlchemy does not know, by their SQL text."""

from typing import Any

from sqlalchemy.types import UserDefinedType


class SqlType(UserDefinedType[Any]):
    """A column type written as PostgreSQL writes it."""

    cache_ok = True

    def __init__(self, text: str) -> None:
        self.text = text

    def get_col_spec(self, **_: Any) -> str:
        return self.text
'''


def groups(tables: Sequence[TableSource]) -> dict[str, list[TableSource]]:
    """Tables by module: one per schema, and within a large schema one per first word that several tables share."""
    found: dict[str, list[TableSource]] = {}
    sizes = Counter(one.table.schema for one in tables)
    words = Counter((one.table.schema, _word(one)) for one in tables)
    for one in tables:
        schema = one.table.schema
        shared = sizes[schema] > _MANY and words[schema, _word(one)] > 1
        name = _word(one) if shared else schema
        module = names.variable(name if schema == "public" or not shared else f"{schema}_{name}")
        found.setdefault(f"{module}_" if module in ("enums", "types") else module, []).append(one)
    return dict(sorted(found.items()))


def _word(one: TableSource) -> str:
    return names.singular(re.split(r"[_\W]", one.table.name.strip("_"))[0] or one.table.name)


def module(title: str, bodies: Sequence[str], package: str) -> str:
    """A module's text: its imports follow from what the bodies use."""
    text = "\n\n".join(bodies)
    gap = "\n\n" if text.startswith("class ") else "\n"
    return f'"""{title}"""\n\n{_imports(text, package)}{gap}{text}'


def _imports(text: str, package: str) -> str:
    standard = [
        *(["import datetime as dt\n"] if "dt." in text else []),
        *(["from decimal import Decimal\n"] if _uses(text, "Decimal") else []),
        *(["from typing import Any\n"] if _uses(text, "Any") else []),
        *(["from uuid import UUID\n"] if _uses(text, "UUID") else []),
    ]
    library = [
        *(["import sqlalchemy as sa\n"] if "sa." in text else []),
        *(["from sqlalchemy.dialects import postgresql as pg\n"] if "pg." in text else []),
        f"from sqlmodel import {'Field, ' if 'Field(' in text else ''}SQLModel\n",
    ]
    used = [name for name in _LANGUAGE if _uses(_without_strings(text), name)]
    own = [name for name in ("enums", "types") if re.search(rf"\b{name}\.", text)]
    # The language's module is first-party in its own repository only; elsewhere it sorts with the libraries.
    plugin = [_import_from("supabase_tasks.schema", sorted(used, key=_isort))] if used else []
    project = [f"from {package} import {', '.join(own)}\n"] if own else []
    blocks = [standard, [*library, *plugin], project]
    return "\n".join("".join(block) for block in blocks if block)


def _isort(name: str) -> tuple[bool, str]:
    return (name[0].islower(), name)


def _import_from(origin: str, used: Sequence[str]) -> str:
    line = f"from {origin} import {', '.join(used)}\n"
    if len(line) <= 89:
        return line
    return f"from {origin} import (\n" + "".join(f"    {name},\n" for name in used) + ")\n"


def _uses(text: str, name: str) -> bool:
    return re.search(rf"\b{name}\b", text) is not None


def _without_strings(text: str) -> str:
    return re.sub(r'""".*?"""|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'', "", text, flags=re.S)


def enums(found: Mapping[tuple[str, ...], Sequence[str]], known: Mapping[tuple[str, ...], tuple[str, str]]) -> str:
    """The module of the enums: a Python enum and the column type of each."""
    blocks = list(_enum_blocks(found, known))
    head = '"""The enums of the database."""\n\nimport enum\n\nfrom supabase_tasks.schema import enum_type\n'
    return "\n\n".join([head, *blocks])


def _enum_blocks(
    found: Mapping[tuple[str, ...], Sequence[str]], known: Mapping[tuple[str, ...], tuple[str, str]]
) -> Iterator[str]:
    for identity, labels in found.items():
        column, class_name = known[identity]
        members: dict[str, str] = {}
        for label in labels:
            members[names.member(label, members)] = label
        body = "".join(f"    {member} = {string(label)}\n" for member, label in members.items())
        schema = string(identity[0]) if identity[0] != "public" else ""
        made = call("enum_type", class_name, name=string(identity[1]), schema=schema)
        head = f"{column} = "
        yield f"class {class_name}(enum.StrEnum):\n{body}\n\n{head}{render(made, before=len(head))}\n"


def types() -> str:
    """The module of the types by SQL text."""
    return _TYPES


def package(modules: Sequence[str], name: str) -> str:
    """The package's `__init__`: it imports every module, so that importing it is importing all tables."""
    imported = ", ".join(modules)
    line = f"from {name} import {imported}\n"
    if len(line) > 89:
        line = f"from {name} import (\n" + "".join(f"    {module},\n" for module in modules) + ")\n"
    listed = "".join(f"    {string(module)},\n" for module in modules)
    return f'"""The tables, imported by `inv schema-import`."""\n\n{line}\n__all__ = [\n{listed}]\n'
