"""An error in a text of SQL names the line of the text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.project import Project

from supabase_tasks import postgres
from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models, desired, text_places
from supabase_tasks.models.declaration import Origin
from supabase_tasks.settings import Settings

MODEL = """import sqlalchemy as sa
from sqlmodel import Field, SQLModel


class Post(SQLModel, table=True):
    __table_args__ = (
        sa.CheckConstraint("length(title) > 0"),
        sa.CheckConstraint(
            '''
            title <> ''
            and {wrong} > 0
            ''',
            name="some",
        ),
    )
    id: int = Field(primary_key=True)
    title: str
    at: str = Field(sa_type=sa.DateTime, sa_column_kwargs={{
        "server_default": sa.text(
            "{default}",
        )
    }})
"""


@pytest.mark.server
@pytest.mark.parametrize(
    ("words", "line"),
    [({"wrong": "lenght(title)"}, 11), ({"wrong": "titel"}, 11), ({"default": "nwo()"}, 20)],
    ids=["function", "column", "default"],
)
def test_what_postgresql_refuses_is_named_by_the_line_of_its_text(
    words: dict[str, str],
    line: int,
    load: Callable[..., Models],
    server: postgres.Server,
    settings: Settings,
    platform: str,
) -> None:
    models = load(MODEL.format_map({"wrong": "length(title)", "default": "now()", **words}))
    with pytest.raises(ModelsError, match=rf":{line}: PostgreSQL refuses table public\.post") as caught:
        desired.build_desired(server, settings, models, platform)
    assert caught.value.data["line"] == line


def _origin(root: Path, text: str, line: int) -> Origin:
    return Origin(Project(root).write("some.py", text), line)


def test_a_text_elsewhere_is_none_of_the_declaration(tmp_path: Path) -> None:
    origin = _origin(tmp_path, "a = f('x :y')\nb = f(\n    1,\n    'z',\n)\n", 2)
    assert text_places.line_of_parameter(origin, "y") == origin
    assert text_places.line_of_text(origin, "z").line == 4


def test_the_longest_text_around_the_position_is_meant(tmp_path: Path) -> None:
    origin = _origin(tmp_path, "t = f(\n  'id',\n  'id > nme',\n)\n", 1)
    assert text_places.line_of_position(origin, "create (id int, check (id > nme))", 28).line == 3
    assert text_places.line_of_position(origin, "create (id int, check (id > nme))", 9).line == 2
    assert text_places.line_of_position(origin, "create (id int, check (id > nme))", 2) == origin


@pytest.mark.parametrize("text", ["a = (", "a = '\\x00"])
def test_a_file_that_does_not_parse_keeps_the_line(text: str, tmp_path: Path) -> None:
    origin = _origin(tmp_path, text, 1)
    assert text_places.line_of_parameter(origin, "y") == origin
    assert text_places.line_of_text(Origin(tmp_path / "none.py", 3), "y").line == 3
