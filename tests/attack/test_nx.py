"""Nx: every target runs in a fresh clone, what is cached is cached rightly, and arguments arrive as they were typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from support import workspace
from support.workspace import REPOSITORY, Ran, Workspace

from supabase_tasks import postgres, state_dir
from supabase_tasks import settings as settings_module
from supabase_tasks.errors import SettingsError
from supabase_tasks.nx.arguments import words_for

NAME = "vectreal-platform"
TARGETS = json.loads((REPOSITORY / "project.json").read_text())["targets"]
CACHED = sorted(name for name, target in TARGETS.items() if target["cache"])
# An `inv` that writes down its words and does nothing else.
_RECORDER = """#!{python}
import json, sys
open({path!r}, "a").write(json.dumps([word.encode("utf-8", "surrogateescape").hex() for word in sys.argv[1:]]) + "\\n")
print("ran", sys.argv[1])
"""


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A fresh clone of this repository's HEAD with its node_modules; nothing that is not committed is in it."""
    if reason := workspace.why_not():
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("nx")
    subprocess.run(["git", "clone", "-q", str(REPOSITORY), str(folder / "clone")], check=True)
    (folder / "clone" / "node_modules").symlink_to(workspace.NODE_MODULES)
    made = Workspace(folder / "clone", folder / "state")
    yield made
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(made.state))
        postgres.stop(settings_module.load(made.root))


@pytest.fixture
def recorder(clone: Workspace, tmp_path: Path) -> Mapping[str, str | None]:
    """An activated environment whose `inv` records its words in `tmp_path / "words"`."""
    program = tmp_path / "venv" / "bin" / "inv"
    program.parent.mkdir(parents=True)
    program.write_text(_RECORDER.format(python=sys.executable, path=str(tmp_path / "words")))
    program.chmod(0o755)
    return {"VIRTUAL_ENV": str(tmp_path / "venv"), "HOME": str(tmp_path)}


def words(tmp_path: Path) -> list[list[str]]:
    path = tmp_path / "words"
    lines = path.read_text().splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return [[os.fsdecode(bytes.fromhex(word)) for word in json.loads(line)] for line in lines]


# -- a fresh clone ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", CACHED)
def test_a_cached_target_runs_in_a_fresh_clone_and_is_a_hit_the_second_time(clone: Workspace, target: str) -> None:
    first = clone.ok("run", f"{NAME}:{target}", env={"SUPABASE_TASKS_LOCAL": "embedded"})
    assert not first.cached
    assert clone.ok("run", f"{NAME}:{target}", env={"SUPABASE_TASKS_LOCAL": "embedded"}).cached


@pytest.mark.parametrize("part", range(4))
def test_every_target_runs_in_a_fresh_clone(clone: Workspace, part: int) -> None:
    names = sorted(TARGETS)[part::4]
    ran = clone.ok("run-many", "-t", ",".join(names), "--output-style=stream", "--", "--help")
    for name in names:
        assert f"Usage: inv[oke] [--core-opts] {name} " in ran.output, name


def test_nothing_is_stale_in_a_fresh_clone(clone: Workspace) -> None:
    ran = clone.ok("run", f"{NAME}:nx-sync", "--", "--check")
    assert "up to date" in ran.output


@pytest.mark.parametrize("target", CACHED)
def test_each_kind_of_input_is_a_miss(clone: Workspace, target: str, recorder: Mapping[str, str | None]) -> None:
    both = ["supabase/migrations/9999_x.sql", "supabase/sql/x.sql", "pyproject.toml", "supabase/config.toml"]
    models = ["app/db/schema/another.py", "app/db/sql/another.sql", ".env.development"]
    asked = ("run", f"{NAME}:{target}")
    clone.ok(*asked, env=recorder)
    for name in [*both, *(models if target == "schema-check" else [])]:
        path = clone.root / name
        before = path.read_text() if path.exists() else None
        clone.write(name, (before or "") + "\n")
        assert not clone.ok(*asked, env=recorder).cached, name
        path.write_text(before) if before is not None else path.unlink()
        assert clone.ok(*asked, env=recorder).cached, name
    assert not clone.ok(*asked, env={**recorder, "SUPABASE_TASKS_LOCAL": "docker"}).cached
    assert not clone.ok(*asked, "--", "--json", env=recorder).cached


# -- arguments ----------------------------------------------------------------------------------------------------------

TYPED = [
    ["--default", "public.teams.label='z'"],
    ["--name", 'it\'s "two" words'],
    ["--name", "$HOME", "--x", "${PATH}", "$(touch RAN)", "`touch RAN`"],
    ["; touch RAN", "&& touch RAN", "| touch RAN", "> RAN", "&", "\ntouch RAN\n", "#"],
    ["*", "?", "[a]", "~", "{a,b}", "!x", "a*b"],
    ["", " ", "", "\t"],
    ["'", '"', "''", '""', "'a b'", '"a b"', "'half", 'half"', "a'b\"c`d"],
    ["\\", "\\\\", "\\n", "a\\", '\\"', "c:\\x\\"],
    ["-", "---", "-x", "--x=", "--x==y", "--x=a b", "--x='a b'", "--no-x", "=", "a=b", "--a.b=c d"],
    ['{"a": "b c", "d": [1, "$e"]}', "--json={\"a\":'b'}"],
    ["é", "日本", "\u202e", "\x1b[2J", "😀"],
    ["--", "a", "--", "b"],
    ["%PATH%", "{projectRoot}", "{args}", "{args.x}", "{workspaceRoot}/x"],
    ["1", "01", "1e3", "true", "null", "-1", "0x10"],
    ["a" * 5000],
]


@pytest.mark.parametrize("typed", TYPED, ids=range(len(TYPED)))
def test_arguments_arrive_as_typed_and_no_shell_sees_them(
    clone: Workspace, typed: list[str], recorder: Mapping[str, str | None], tmp_path: Path
) -> None:
    clone.ok("run", f"{NAME}:schema-generate", "--", *typed, env=recorder)
    assert words(tmp_path) == [["schema-generate", *typed]]
    assert not list(clone.root.glob("*RAN*"))


@pytest.mark.parametrize(
    "asked",
    [
        ("schema-generate", NAME, "--", "a b"),
        ("run", f"{NAME}:schema-generate", "--skip-nx-cache", "--output-style=stream", "--", "a b"),
        ("run-many", "-t", "schema-generate", "-p", NAME, "--", "a b"),
        ("run-many", "--targets=doctor,schema-generate", "--parallel", "1", "--", "a b"),
    ],
)  # fmt: skip
def test_every_way_to_run_a_target(
    clone: Workspace, asked: tuple[str, ...], recorder: Mapping[str, str | None], tmp_path: Path
) -> None:
    clone.ok(*asked, env=recorder)
    assert ["schema-generate", "a b"] in words(tmp_path)


@pytest.mark.parametrize("foreign", [("--name", "x"), ("--name=$(touch RAN)",), ("extra",), ("-x",), ("`touch RAN`",)])
def test_arguments_without_dashes_before_them_are_refused(
    clone: Workspace, foreign: tuple[str, ...], recorder: Mapping[str, str | None], tmp_path: Path
) -> None:
    ran: Ran = clone.nx("run", f"{NAME}:schema-generate", *foreign, env=recorder)
    assert ran.code != 0
    assert words(tmp_path) == []
    assert not list(clone.root.glob("*RAN*"))


@pytest.mark.parametrize(
    "taken", ["--cwd=/", "--env.A=b", "--args=x", "--envFile=x", "--env-file=x", "--verbose", "--color"]
)
def test_an_option_that_nx_takes_for_its_own_is_refused(taken: str) -> None:
    with pytest.raises(SettingsError, match="cannot be handed on as typed"):
        words_for(["node", "/x/.bin/nx", "run", f"{NAME}:doctor", "--", taken], "doctor", "doctor")


@pytest.mark.parametrize(
    "own", [["-t", '"doctor",lint'], ['--targets="lint","doctor"'], ['-t="doctor"'], ["-t", "lint", '"doctor"']]
)
@pytest.mark.parametrize("command", ["run-many", "affected"])
def test_quotes_that_nx_takes_away_from_a_list_lose_no_argument(command: str, own: list[str]) -> None:
    assert words_for(["nx", command, *own, "--", "a b"], "doctor", "doctor") == ["a b"]


def test_arguments_of_another_target_are_not_ours() -> None:
    assert words_for(["nx", "run", f"{NAME}:build", "--", "--x"], "schema-check", "schema-check") == []
