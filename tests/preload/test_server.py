"""What the helper holds in memory is all that a command needs: whatever is missing is imported again every time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks import postgres

pytestmark = pytest.mark.server

# What the helper does, and what its worker does for a caller, in one process.
COMMAND = """
import json, sys
from pathlib import Path
sys.path[:] = [entry for entry in sys.path if entry]
from supabase_tasks.preload import server, worker
from supabase_tasks import preload
server._load()
held = set(sys.modules)
preload.mark_worker()
sys.path.insert(0, str(Path.cwd()))
entry, options, told = sys.argv[1:]
code = worker._run(entry, json.loads(options))
sys.stdout.flush()
new = {name: getattr(module, "__file__", None) for name, module in sys.modules.items() if name not in held}
Path(told).write_text(json.dumps({"code": code, "new": new, "project": [name for name in held if name == "models"]}))
preload.run_deferred()
"""
RICHER = """
import datetime
import enum
import uuid
from decimal import Decimal

from sqlalchemy import Column, DateTime, Index, Numeric, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlmodel import Field, Relationship, SQLModel, String

from supabase_tasks.schema import Policy, View, anon


class Colour(enum.Enum):
    red = "red"
    blue = "blue"


class Team(SQLModel, table=True):
    __table_args__ = (Index("team_name_lower", text("lower(name)")), Policy("Read", to=anon, using="true"))

    id: uuid.UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})
    name: str
    colour: Colour = Colour.red
    budget: Decimal = Field(default=0, sa_column=Column(Numeric(8, 2), server_default="0"))
    extra: dict = Field(default_factory=dict, sa_column=Column(JSONB))
    tags: list[str] = Field(default_factory=list, sa_column=Column(ARRAY(String)))
    made: datetime.datetime = Field(sa_column=Column(DateTime(timezone=True), server_default=func.now()))
    players: list["Player"] = Relationship(back_populates="team")


class Player(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    team_id: uuid.UUID = Field(foreign_key="team.id")
    nick: str = Field(unique=True)
    team: Team = Relationship(back_populates="players")


View("nicks", "select nick from public.player")
"""


@pytest.fixture(scope="module", params=[projects.MODELS, RICHER], ids=["small", "richer"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A project whose first migration was made, with its cluster running."""
    made = projects.make(tmp_path_factory.mktemp("held"), request.param)
    first = run(made, "schema_generate", name="first")
    assert first["code"] == 0
    yield made
    postgres.stop(made.settings)


def run(project: Project, task: str, **options: object) -> dict[str, object]:
    """The task's exit code, and the modules that its worker imported, with their files."""
    told = project.root / "told.json"
    told.unlink(missing_ok=True)
    command = [sys.executable, "-c", COMMAND, f"supabase_tasks.tasks.schema:{task}", json.dumps(options), str(told)]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, object] = json.loads(told.read_text())
    return {**found, "said": done.stdout + done.stderr}


def missing(project: Project, told: dict[str, object]) -> list[str]:
    """The modules of libraries and of this package that were imported although the helper should hold them."""
    new = told["new"]
    assert isinstance(new, dict)
    own = {name for name, file in new.items() if file and Path(file).is_relative_to(project.root)}
    assert own == {"models"}
    return sorted(
        name
        for name in new
        if name not in own and name.partition(".")[0] not in sys.stdlib_module_names and name != "__mp_main__"
    )


@pytest.mark.parametrize("as_json", [False, True])
def test_a_whole_schema_generate_imports_nothing_that_the_helper_could_hold(project: Project, as_json: bool) -> None:
    for path in project.migrations[1:]:
        path.unlink()
    column = "\n    shirt: int | None = None"
    text = (project.root / "models.py").read_text()
    project.write(
        "models.py", text.replace("nick: str = Field(unique=True)", "nick: str = Field(unique=True)" + column)
    )
    told = run(project, "schema_generate", json=as_json)
    project.write("models.py", text)
    assert told["code"] == 0
    assert len(project.migrations) == 2
    assert missing(project, told) == []
    project.migrations[1].unlink()


def test_a_whole_schema_check_imports_nothing_that_the_helper_could_hold(project: Project) -> None:
    # The memo answers for a file it knows; a whole check imports the models.
    text = (project.root / "models.py").read_text()
    project.write("models.py", text + "\n# Changed, and yet the same.\n")
    told = run(project, "schema_check")
    assert told["code"] == 0, told["said"]
    assert missing(project, told) == []


def test_the_helper_holds_no_module_of_the_projects(project: Project) -> None:
    assert run(project, "schema_check")["project"] == []
