"""Labels in an order that changes from run to run are refused; where no set is made, no further process is started."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import project as projects
from support.project import Project

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import label_order

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
}
STABLE = """
KNOWN = {"x", "y"}

class Post(SQLModel, table=True):
    id: int = Field(primary_key=True)
    seen: str = Field(sa_type=sa.Enum(*sorted(KNOWN), name="seen"))
"""
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


@pytest.mark.server
@pytest.mark.parametrize("text", UNSTABLE.values(), ids=UNSTABLE)
def test_labels_from_a_set_are_refused(text: str, tmp_path: Path) -> None:
    project = projects.make(tmp_path, HEAD + text)
    with pytest.raises(
        ModelsError, match=r"models\.py:\d+: (?:enum|table) public\.\w+ reads otherwise in every run"
    ) as caught:
        label_order.refuse_unstable(project.settings, [project.root / "models.py"])
    assert caught.value.code == "unstable-order"
    assert "in one run: " in str(caught.value.cause)


@pytest.mark.server
def test_a_sorted_set_is_taken(tmp_path: Path) -> None:
    project = projects.make(tmp_path, HEAD + STABLE)
    label_order.refuse_unstable(project.settings, [project.root / "models.py"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('a = {"x", "y"}', True),
        ("a = {x for x in b}", True),
        ("a = {lambda: 1}", True),
        ("a = {(x := 1)}", True),
        ("a = {x.y, 1}", True),
        ('a = {"x": {1, 2}}', True),
        ('a = {"x": 1, **{1: {2}}}', True),
        ("a = {'it\\'s': 1}", False),
        ("a = frozenset(b)", True),
        ("a = list(map(set, b))", False),
        ('a = {"x": 1}; b = {}; c = {**a}; d = {  y.z : 1 }; e = {1: 2}', False),
        ("a = {k: v for k, v in b}", False),
        ("a = f'{b:>3} {c}'", False),
        ("a = b in {1, 2}", False),
        ("a = sorted({1, 2})", False),
        ("a = {\n    # one\n    'x',\n}", True),
    ],
)
def test_a_set_that_could_be_labels_is_found(text: str, found: bool, tmp_path: Path) -> None:
    path = Project(tmp_path).write("some.py", f"import enum\n{text}\n")
    assert label_order._makes_labels_of_a_set(path) is found


def test_a_text_is_parsed_only_where_there_may_be_a_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_order.ast, "parse", lambda text: pytest.fail(f"parsed: {text}"))
    path = Project(tmp_path).write(
        "models.py", HEAD + 'made = {"server_default": text("now()"), "a": {}, "b": {1: 2}}\n'
    )
    assert not label_order._makes_labels_of_a_set(path)


def test_without_a_set_that_could_be_labels_nothing_is_started(tmp_path: Path) -> None:
    path = Project(tmp_path).write("models.py", HEAD + PLAIN)
    # The guard of the inner loop fails the test when a program is started.
    label_order.refuse_unstable(projects.make(tmp_path, HEAD + PLAIN).settings, [path])


def test_a_module_outside_of_the_repository_is_none_of_the_models(tmp_path: Path) -> None:
    project = projects.make(tmp_path / "project", HEAD + PLAIN)
    others = Project(tmp_path).write("others.py", HEAD + next(iter(UNSTABLE.values())))
    label_order.refuse_unstable(project.settings, [others])


def test_a_library_in_an_environment_of_the_repository_is_none(tmp_path: Path) -> None:
    project = projects.make(tmp_path, HEAD + PLAIN)
    library = project.write(".venv/lib/site-packages/orm.py", HEAD + next(iter(UNSTABLE.values())))
    # The guard of the inner loop fails the test when a program is started.
    label_order.refuse_unstable(project.settings, [library])


@pytest.mark.server
def test_a_neighbour_in_the_repository_is_one(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    project = projects.make(tmp_path / "project", HEAD + next(iter(UNSTABLE.values())))
    neighbour = Project(tmp_path).write("shared.py", HEAD + next(iter(UNSTABLE.values())))
    with pytest.raises(ModelsError, match="reads otherwise in every run"):
        label_order.refuse_unstable(project.settings, [neighbour])
