"""What may run before the models are imported, and when that was right."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from supabase_tasks import state_dir
from supabase_tasks.models import speculation
from supabase_tasks.models.declaration import Origin, Statement

ROOT = Path(__file__).parents[2]
Known = Callable[[Sequence[Statement]], Path]


def said(kind: str, name: str, sql: str, file: str | None = "a.py") -> Statement:
    identity = (name,) if kind in ("schema", "role", "extension") else ("public", name)
    return Statement(sql, kind, identity, Origin(Path(file), 1) if file else None)


SCENE = said("table", "scene", "create table scene (id int)", "scene.py")
TAG = said("table", "tag", "create table tag (id int)", "tag.py")
LINK = said("constraint", "tag", "alter table tag add foreign key (id) references scene (id)", "tag.py")
MOOD = said("enum", "mood", "create type mood as enum ('a')", "scene.py")
READ = said("policy", "tag", "create policy read on tag using (seen(id))", "tag.py")
SEEN = said("function", "seen", "create function seen(int) returns bool language sql as 'select true'", "functions.py")


@pytest.fixture
def known(tmp_path: Path) -> Known:
    """Remembers statements as those of models in files that exist; returns the place."""

    def remembered(statements: Sequence[Statement]) -> Path:
        files = {one.origin.file for one in statements if one.origin} | {Path("mixin.py")}
        for file in files:
            (tmp_path / file).write_text("# as it was")
        there = [
            Statement(one.sql, one.kind, one.identity, Origin(tmp_path / one.origin.file, 1) if one.origin else None)
            for one in statements
        ]
        place = tmp_path / "cache" / "statements"
        speculation.remember(place, there, sorted(tmp_path / file for file in files))
        return place

    return remembered


def change(place: Path, name: str) -> None:
    (place.parents[1] / name).write_text("# another text")


def texts(statements: Sequence[Statement] | None) -> list[str]:
    assert statements is not None
    return [one.sql for one in statements]


def test_all_of_it_is_likely_while_no_file_changed(known: Known) -> None:
    place = known([MOOD, SCENE, TAG, LINK])
    assert texts(speculation.predict(place)) == texts([MOOD, SCENE, TAG, LINK])


def test_nothing_is_likely_without_a_last_run_or_with_a_damaged_note(known: Known, tmp_path: Path) -> None:
    assert speculation.predict(tmp_path / "none") == []
    place = known([SCENE])
    place.write_bytes(place.read_bytes()[:-3])
    assert speculation.predict(place) == []


def test_what_a_changed_file_declares_waits_and_so_does_whatever_names_it(known: Known) -> None:
    place = known([MOOD, SCENE, TAG, LINK])
    change(place, "scene.py")
    assert texts(speculation.predict(place)) == [TAG.sql]


def test_what_names_something_that_waits_for_another_reason_waits_too(known: Known) -> None:
    place = known([SEEN, SCENE, TAG, READ])
    change(place, "functions.py")
    assert texts(speculation.predict(place)) == texts([SCENE, TAG])


def test_a_changed_file_that_declares_nothing_may_have_to_do_with_anything(known: Known) -> None:
    place = known([SCENE, TAG])
    change(place, "mixin.py")
    assert speculation.predict(place) == []


def test_a_file_that_is_gone_has_changed(known: Known) -> None:
    place = known([SCENE, TAG])
    (place.parents[1] / "scene.py").unlink()
    assert texts(speculation.predict(place)) == [TAG.sql]


def test_a_role_outlives_the_database_so_nothing_runs_ahead_of_one(known: Known) -> None:
    assert speculation.predict(known([said("role", "painter", "create role painter"), SCENE])) == []


def test_what_has_no_known_place_waits(known: Known) -> None:
    grant = said("grant", "g", "grant select on scene to anon", None)
    late = said("table", "late", "create table late (id int)", None)
    assert texts(speculation.predict(known([SCENE, late, grant]))) == [SCENE.sql]


def test_what_would_overtake_a_default_privilege_does_not_run(known: Known) -> None:
    early = said("statistics", "s", "create statistics s on a, b from scene")
    odd = said("sql", "x", "alter table scene set (fillfactor = 50)")
    assert speculation.predict(known([early, SCENE])) != []
    assert speculation.predict(known([odd, SCENE])) == [], "nobody knows what plain SQL before a table means to it"


def test_the_rest_is_what_did_not_run_in_order() -> None:
    extra = said("table", "extra", "create table extra (id int)")
    assert speculation.remaining([SCENE, MOOD], [SCENE, extra, TAG, MOOD, READ]) == [extra, TAG, READ]
    assert speculation.remaining([], [SCENE]) == [SCENE]
    assert speculation.remaining([SCENE], [SCENE]) == []


def test_a_statement_that_the_models_no_longer_make_ran_in_vain() -> None:
    other = said("table", "scene", "create table scene (id int, title text)")
    assert speculation.remaining([SCENE], [other]) is None
    assert speculation.remaining([SCENE, TAG], [TAG, SCENE]) is None


def test_statements_that_others_depend_on_may_not_be_overtaken() -> None:
    for kind in ("default_privilege", "extension", "schema", "role", "event_trigger", "sql"):
        assert speculation.remaining([SCENE], [said(kind, "x", "…"), SCENE]) is None, kind
        assert speculation.remaining([SCENE], [SCENE, said(kind, "x", "…")]) is not None, kind


def test_what_was_named_before_it_was_there_is_not_trusted() -> None:
    overload = said("function", "seen", "create function seen(bigint) returns bool language sql as 'select true'")
    assert speculation.remaining([TAG, READ], [overload, TAG, READ]) is None
    assert speculation.remaining([TAG], [overload, TAG, READ]) == [overload, READ]


@pytest.mark.server
def test_a_walk_of_the_reference_application_is_the_same_with_a_part_ahead(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    steps = os.environ.get("WALK_STEPS", "10")
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(ROOT / "tests"),
        state_dir.ROOT_VARIABLE: str(tmp_path_factory.mktemp("ahead")),
    }
    command = [sys.executable, "-m", "support.speculation", steps, os.environ.get("WALK_SEEDS", "1").partition(",")[0]]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    used = int(done.stdout.splitlines()[-1].split()[-2])
    assert used >= int(steps) // 2, done.stdout
