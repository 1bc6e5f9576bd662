from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks.adopt.scan import candidates, tables_in

MODEL = (
    "from sqlmodel import Field, SQLModel\nclass {0}(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n"
)

DECLARATIONS = {
    "sqlmodel": (MODEL.format("Hero"), ("Hero",)),
    "declarative": ("from .base import Base\nclass A(Base):\n    __tablename__ = 'a'\n", ("A",)),
    "named by the base": (
        "from x import db\nclass A(db.Model):\n    id = db.Column(db.Integer, primary_key=True)\n",
        ("A",),
    ),
    "mapped": ("class A(Base):\n    id: Mapped[int] = mapped_column(primary_key=True)\n", ("A",)),
    "core": ("from sqlalchemy import Table\nhero = Table('hero', metadata, Column('id', Integer))\n", ("hero",)),
    "no table": (
        "from sqlmodel import SQLModel\nclass HeroBase(SQLModel):\n    id: int = Field(primary_key=True)\n",
        (),
    ),
    "a base": (
        "class Base(DeclarativeBase):\n    @declared_attr\n    def __tablename__(cls): return cls.__name__\n",
        (),
    ),
    "abstract": ("class A(Base):\n    __abstract__ = True\n    id = Column(Integer, primary_key=True)\n", ()),
    "rich table": ("from rich.table import Table\nTable('hero')\n", ()),
    "broken": ("class A(SQLModel, table=True:\n", ()),
}


@pytest.mark.parametrize("case", DECLARATIONS)
def test_sees_every_way_to_declare_a_table(case: str, tmp_path: Path) -> None:
    source, expected = DECLARATIONS[case]
    (tmp_path / "m.py").write_text(source)
    assert tables_in(tmp_path / "m.py") == expected


def found(repo: Callable[[dict[str, str]], Path], *names: str) -> list[tuple[str, int]]:
    root = repo({name: MODEL.format(f"T{i}") for i, name in enumerate(names)})
    return [(one.module, len(one.tables)) for one in candidates(root)]


def test_one_module(repo: Callable[[dict[str, str]], Path]) -> None:
    assert found(repo, "app/models.py") == [("app.models", 1)]


def test_the_modules_of_a_package_are_that_package(repo: Callable[[dict[str, str]], Path]) -> None:
    assert found(repo, "app/models/a.py", "app/models/b.py", "app/models/deep/c.py") == [("app.models", 3)]


def test_src_is_no_package(repo: Callable[[dict[str, str]], Path]) -> None:
    assert found(repo, "src/shop/models.py") == [("shop.models", 1)]


def test_a_package_takes_in_its_init(repo: Callable[[dict[str, str]], Path]) -> None:
    assert found(repo, "app/models/__init__.py", "app/models/b.py") == [("app.models", 2)]


def test_scattered_modules_are_several_candidates(repo: Callable[[dict[str, str]], Path]) -> None:
    assert found(repo, "app/users/models.py", "app/items/models.py") == [
        ("app.items.models", 1),
        ("app.users.models", 1),
    ]


def test_tests_environments_and_revisions_are_not_models(repo: Callable[[dict[str, str]], Path]) -> None:
    assert found(repo, "tests/models.py", ".venv/lib/m.py", "alembic/versions/1_a.py", "app/test_models.py") == []


def test_an_environment_of_any_name_is_left_out(repo: Callable[[dict[str, str]], Path]) -> None:
    root = repo({"py311/pyvenv.cfg": "", "py311/lib/m.py": MODEL.format("A")})
    assert candidates(root) == ()
