"""Twice as many models are twice as much work for us: what looks at each table once for every class took half of the import of a
thousand."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from support import project as projects

import supabase_tasks
from supabase_tasks.models import in_process_loader

_OURS = str(Path(supabase_tasks.__file__).parent)
_TABLE = """
class {name}(SQLModel, table=True):
    __table_args__ = (Index("{name}_idx", "kind"), CheckConstraint("kind <> ''", name="{name}_check"))
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    before: int | None = Field(default=None, foreign_key="{before}.id")
"""


def test_the_work_grows_with_the_models_and_no_faster(tmp_path: Path) -> None:
    once, twice = (_calls(tmp_path / str(size), size) for size in (60, 120))
    assert twice < 2.4 * once


def _calls(folder: Path, size: int) -> int:
    """How many of our functions are called while so many tables are imported and said as statements."""
    names = [f"T{number}" for number in range(size)]
    tables = (_TABLE.format(name=name, before=names[number - 1].lower()) for number, name in enumerate(names))
    folder.mkdir()
    project = projects.make(folder)
    project.models(
        "from sqlalchemy import CheckConstraint, Index\nfrom sqlmodel import Field, SQLModel\n" + "".join(tables)
    )
    try:
        return _counted(lambda: _read(project))
    finally:
        projects.forget("models")


def _read(project: projects.Project) -> None:
    with in_process_loader.open_in_process(project.settings) as models:
        models.load_summary()
        list(models.statements())


def _counted(work: Callable[[], None]) -> int:
    found = 0

    def seen(frame: FrameType, event: str, _: Any) -> None:
        nonlocal found
        found += event == "call" and frame.f_code.co_filename.startswith(_OURS)

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found
