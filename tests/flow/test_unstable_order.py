"""When a run asks whether the models read the same in every run, which costs three imports: not for errors of another cause."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from support.project import Project

from supabase_tasks.errors import DiffError, ModelsError, UnansweredError
from supabase_tasks.flow.schema.generate import generate_migration
from supabase_tasks.flow.schema.request import Request

pytestmark = pytest.mark.server

# The name of the index is one of two with every run.
UNSTABLE = (
    "    nick: str = Field(unique=True)\n",
    "    nick: str = Field(unique=True)\n"
    "    __table_args__ = (sa.Index('ix_' + '_'.join({'team', 'nick'}), 'team_id', 'nick'),)\n",
)
IMPORT = ("from sqlmodel import", "import sqlalchemy as sa\nfrom sqlmodel import")


def test_an_answer_that_does_not_fit_is_told_at_once(begin: Callable[[], Project]) -> None:
    project = begin()
    project.edit(*UNSTABLE)
    project.edit(*IMPORT)
    with pytest.raises(DiffError) as caught:
        generate_migration(project.settings, Request(renames=("public.player.nick:public.player.alias",)))
    assert caught.value.code == "rename-unmatched"
    with pytest.raises(ModelsError) as unstable:
        generate_migration(project.settings, Request())
    assert unstable.value.code == "unstable-order"


def test_a_value_that_rows_need_is_asked_for_at_once(begin: Callable[[], Project]) -> None:
    project = begin()
    project.edit(*UNSTABLE)
    project.edit(*IMPORT)
    project.edit("    team_id: int", "    age: int\n    team_id: int")
    with pytest.raises(UnansweredError):
        generate_migration(project.settings, Request())
    with pytest.raises(ModelsError):
        generate_migration(project.settings, Request(defaults={"public.player.age": "0"}))
