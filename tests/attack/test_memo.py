"""The memo says yes only to what it saw, and yes to ordinary models.

The ways in which it could be wrong are in `test_memo_files`, `test_memo_imports` and `test_memo_never`.
"""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import pytest
from support.memo_project import CHECK, Place

from supabase_tasks import installed

# A memo that never answers would be safe and useless: what ordinary models do is remembered.
STYLES = {
    "sqlmodel": """
        import enum
        import os
        from datetime import UTC, datetime
        from pathlib import Path
        from uuid import UUID, uuid4
        from sqlalchemy import Column, DateTime, Enum, func
        from sqlmodel import Field, SQLModel

        BASE = Path(__file__).resolve().parent
        SCHEMA = os.environ.get("APP_SCHEMA", "public")

        def now() -> datetime:
            return datetime.now(UTC)

        class Kind(enum.Enum):
            one = "one"

        class Thing(SQLModel, table=True):
            __table_args__ = {"schema": SCHEMA}
            id: UUID = Field(default_factory=uuid4, primary_key=True)
            kind: Kind = Field(sa_column=Column(Enum(Kind, name="kind")))
            made: datetime = Field(default_factory=now, sa_column=Column(DateTime(timezone=True), server_default=func.now()))
    """,
    "declarative, env file and log": """
        import logging
        import time
        from pathlib import Path
        from dotenv import load_dotenv
        from sqlalchemy import Text, create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        logging.basicConfig()
        logging.getLogger(__name__).warning("the models are imported")
        load_dotenv(Path(__file__).parent.parent.parent / ".env")
        engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/x")

        class Base(DeclarativeBase):
            pass

        class Thing(Base):
            __tablename__ = "thing"
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str] = mapped_column(Text, default=time.time)
    """,
    "discovered modules": """
        import importlib
        import pkgutil
        from pathlib import Path
        from typing import Any
        from pydantic import BaseModel
        from sqlmodel import Field, SQLModel

        class Settings(BaseModel):
            schema_name: str = "public"

        class Thing(SQLModel, table=True):
            id: int = Field(primary_key=True)

        for found in pkgutil.iter_modules(__path__):
            importlib.import_module(f"{__name__}.{found.name}")
        for path in sorted(Path(__file__).parent.glob("more_*.py")):
            importlib.import_module(f"{__name__}.{path.stem}")
    """,
}


@pytest.mark.parametrize("apart", [False, True], ids=["here", "apart"])
@pytest.mark.parametrize("style", STYLES)
def test_ordinary_models_are_remembered(place: Place, style: str, apart: bool) -> None:
    place.write(
        "app/models/more_one.py",
        "from sqlmodel import SQLModel, Field\nclass More(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n",
    )
    place.write(".env", "APP_NAME=way\n")
    place.write("app/models/__init__.py", textwrap.dedent(STYLES[style]))
    place.environment["APART"] = "1" if apart else None
    first = place.check()
    assert first.startswith("checked") and len(first.split()) == 2, first
    assert place.check() == "remembered"
    place.write("app/models/more_two.py", "")
    assert place.check() != "remembered"


def test_the_reference_application_is_remembered(place: Place) -> None:
    here = Path(installed.PACKAGE).parent
    shutil.copytree(here / "app", place.root / "app", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", ".env.development"):
        shutil.copy(here / name, place.root / name)
    first = place.check()
    assert first.startswith("checked") and len(first.split()) == 2, first
    assert place.check() == "remembered"


@pytest.mark.parametrize(
    "line", ["from app import flag", "from app.flag import EXTRA", "import app.flag", "from .. import flag"]
)
def test_what_a_task_file_imported_before_the_models_is_not_remembered(place: Place, line: str) -> None:
    place.write("app/flag.py", "EXTRA = 0")
    place.models("0", line)
    early = CHECK.replace("import os, sys\n", "import os, sys\nsys.path.insert(0, '')\nimport app.flag\n", 1)
    assert "was imported before it could be watched" in place.check(early)


def test_what_a_task_file_imported_and_the_models_do_not_use_is_no_hindrance(place: Place) -> None:
    place.write("helpers.py", "")
    place.models("0")
    early = CHECK.replace("import os, sys\n", "import os, sys\nsys.path.insert(0, '')\nimport helpers\n", 1)
    assert len(place.check(early).split()) == 2
    assert place.check(early) == "remembered"


def test_it_is_switched_off_by_a_variable_and_by_a_setting(place: Place) -> None:
    place.models("0")
    place.check()
    assert place.check() == "remembered"
    place.environment["SUPABASE_TASKS_MEMO"] = "0"
    assert place.check().endswith("the memo is switched off")
    del place.environment["SUPABASE_TASKS_MEMO"]
    place.write("pyproject.toml", '[tool.supabase-tasks]\nmodels = "app.models"\nmemo = false\n')
    assert place.check().endswith("the memo is switched off")
