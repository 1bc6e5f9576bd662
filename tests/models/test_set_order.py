"""What changes its order from run to run is refused; where no set is made, no further process is started."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import set_order
from supabase_tasks.models.summary import ModelSummary

HEAD = "import sqlalchemy as sa\nfrom enum import Enum\nfrom sqlmodel import Field, SQLModel\n"
UNSTABLE = {
    "callable": """
class Seen(Enum):
    PUBLIC = "public"
    PRIVATE = "private"
    HIDDEN = "hidden"

class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: Seen = Field(sa_type=sa.Enum(Seen, name="seen", values_callable=lambda e: list({m.value for m in e})))
""",
    "two labels": """
class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: str = Field(sa_type=sa.Enum(*{"x", "y"}, name="seen"))
""",
    "made from a set": """
Seen = Enum("Seen", sorted(set("ab")) and list(frozenset(["red", "green", "blue"])))

class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: Seen
""",
    "check": """
class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: str = Field(sa_type=sa.Enum(*set("xyz"), name="seen", native_enum=False, create_constraint=True))
""",
    "values of a check": """
KNOWN = {"draft", "sent"}

class Post(SQLModel, table=True):
    __table_args__ = (sa.CheckConstraint(sa.column("seen").in_(KNOWN)),)
    id: int = Field(primary_key=True)
    seen: str
""",
    "a default": """
TAGS = frozenset(("new", "open"))

class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: str = Field(sa_column_kwargs={"server_default": ",".join(TAGS)})
""",
    "columns of an index": """
class Post(SQLModel, table=True):
    __table_args__ = (sa.Index("ix_post_both", *{"first", "last"}),)
    id: int = Field(primary_key=True)
    first: str
    last: str
""",
    "name of an index": """
PAIR = {"first", "last"}

class Post(SQLModel, table=True):
    __table_args__ = (sa.Index("ix_post_" + "_".join(PAIR), "first"),)
    id: int = Field(primary_key=True)
    first: str
""",
    "columns of a table": """
Post = sa.Table("post", SQLModel.metadata, sa.Column("id", sa.Integer, primary_key=True), *(
    sa.Column(name, sa.Text) for name in {"first": 1, "last": 2}.keys() - {"id"}
))
""",
    "a number of the seed": """
class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    bucket: int = Field(sa_column_kwargs={"server_default": str(hash("post") % 1000)})
""",
}
STABLE = """
KNOWN = {"x", "y"}

class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: str = Field(sa_type=sa.Enum(*sorted(KNOWN), name="seen"))
"""
LISTED = f"{STABLE}\nSHOWN = ', '.join(KNOWN)\n"
PLAIN = """
class Seen(Enum):
    A = "a"
    B = "b"

    @property
    def shown(self) -> bool:
        return self.value in {"a", "c"} and len({1, 2}) == 2

class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: Seen
"""


def _models(*files: Path, untracked: tuple[str, ...] = ()) -> ModelSummary:
    return ModelSummary(frozenset(), files=files, untracked_inputs=untracked)


@pytest.mark.server
@pytest.mark.parametrize("text", UNSTABLE.values(), ids=UNSTABLE)
def test_what_comes_from_a_set_is_refused(text: str, tmp_path: Path) -> None:
    project = projects.make(tmp_path, HEAD + text)
    with pytest.raises(
        ModelsError, match=r"models\.py:\d+: (?:enum|table|index) public\.\w+ reads otherwise in every run"
    ) as caught:
        set_order.refuse_unstable(project.settings, _models(project.root / "models.py"))
    assert caught.value.code == "unstable-order"
    assert re.match(r"in one run: .+\nin another: .+\nsets are made in .*models\.py:\d+", str(caught.value.cause))


@pytest.mark.server
def test_a_sorted_set_is_taken(tmp_path: Path) -> None:
    project = projects.make(tmp_path, HEAD + STABLE)
    set_order.refuse_unstable(project.settings, _models(project.root / "models.py"))


def test_without_a_set_that_could_be_labels_nothing_is_started(tmp_path: Path) -> None:
    path = Project(tmp_path).write("models.py", HEAD + PLAIN)
    # The guard of the inner loop fails the test when a program is started.
    set_order.refuse_unstable(projects.make(tmp_path, HEAD + PLAIN).settings, _models(path))


def test_a_module_outside_of_the_repository_is_none_of_the_models(tmp_path: Path) -> None:
    project = projects.make(tmp_path / "project", HEAD + PLAIN)
    others = Project(tmp_path).write("others.py", HEAD + next(iter(UNSTABLE.values())))
    set_order.refuse_unstable(project.settings, _models(others))


def test_a_library_in_an_environment_of_the_repository_is_none(tmp_path: Path) -> None:
    project = projects.make(tmp_path, HEAD + PLAIN)
    library = project.write(".venv/lib/site-packages/orm.py", HEAD + next(iter(UNSTABLE.values())))
    # The guard of the inner loop fails the test when a program is started.
    set_order.refuse_unstable(project.settings, _models(library))


@pytest.mark.server
def test_a_neighbour_in_the_repository_is_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    project = projects.make(tmp_path / "project", HEAD + next(iter(UNSTABLE.values())))
    neighbour = Project(tmp_path).write("shared.py", HEAD + next(iter(UNSTABLE.values())))
    with pytest.raises(ModelsError, match="reads otherwise in every run"):
        set_order.refuse_unstable(project.settings, _models(neighbour))


@pytest.mark.server
def test_models_that_were_found_stable_are_not_imported_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = tmp_path / "imports"
    count = f"with open({str(mark)!r}, 'a') as file:\n    file.write('x')\n"
    project = projects.make(tmp_path / "project", HEAD + count + LISTED)
    models = _models(project.root / "models.py")
    for _ in range(2):
        set_order.refuse_unstable(project.settings, models)
    assert mark.read_text() == "xxx"
    monkeypatch.setenv("SHOP", "1")
    set_order.refuse_unstable(project.settings, replace(models, environment=("SHOP",)))
    assert mark.read_text() == "xxx" * 2
    project.models(HEAD + count + LISTED + "\n")
    set_order.refuse_unstable(project.settings, models)
    assert mark.read_text() == "xxx" * 3


@pytest.mark.server
def test_models_with_an_input_that_none_can_track_are_imported_again(tmp_path: Path) -> None:
    mark = tmp_path / "imports"
    count = f"with open({str(mark)!r}, 'a') as file:\n    file.write('x')\n"
    project = projects.make(tmp_path / "project", HEAD + count + LISTED)
    for _ in range(2):
        set_order.refuse_unstable(
            project.settings, _models(project.root / "models.py", untracked=("models.py:1: time",))
        )
    assert mark.read_text() == "xxx" * 2


@pytest.mark.server
def test_the_runs_are_at_the_same_time(tmp_path: Path) -> None:
    """Each waits for the two others."""
    folder = tmp_path / "runs"
    folder.mkdir()
    wait = f"""
import os, pathlib, time
here = pathlib.Path({str(folder)!r})
(here / str(os.getpid())).touch()
until = time.monotonic() + 60
while len(list(here.iterdir())) < 3 and time.monotonic() < until:
    time.sleep(0.01)
assert len(list(here.iterdir())) == 3
(here.parent / f"ran-{{os.getpid()}}").touch()
"""
    project = projects.make(tmp_path / "project", HEAD + wait + LISTED)
    set_order.refuse_unstable(project.settings, _models(project.root / "models.py"))
    assert len(list(tmp_path.glob("ran-*"))) == 3
