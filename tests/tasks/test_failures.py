"""The failures that a beginner meets, provoked: the cause in the user's words, and one next step that a shell can run.

The numbers are those of the list of 62 that was walked through by hand; a test counts them. `ELSEWHERE` names the tests of
those that need a local database with a history, or whose words are another program's (Invoke before it loads anything of ours,
pip): for these the README has the words and the command.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from importlib import metadata
from pathlib import Path

import pytest
from support import clis, known_tests, warm
from support import project as projects
from support.failures import BIN, CASES, OFFLINE, SECRET, Case, empty, migration
from support.project import Project

from supabase_tasks import command_line, postgres
from supabase_tasks.flow.local import database

pytestmark = pytest.mark.server

PROGRAMS = ("inv", "supabase-tasks")


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    made = projects.make(tmp_path / "shop-of-mine")
    yield made
    for folder in (made.root, made.root / "shop"):
        if (folder / "pyproject.toml").exists() and (folder / "models.py").exists():
            try:
                postgres.stop(Project(folder).settings)
            except Exception:
                continue


def ran(project: Project, words: list[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [str(BIN / words[0]), *words[1:]] if words[0] in PROGRAMS else words
    kept = {name: value for name, value in os.environ.items() if not name.endswith(("_STAGING", "_PROD"))}
    given = {**kept, "SUPABASE_ACCESS_TOKEN": "", **environment}
    if words[0] in PROGRAMS:
        return warm.run(command, cwd=project.root, env=given)
    return subprocess.run(
        command, cwd=project.root, env=given, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )


def command_of(case: Case) -> list[str]:
    words = shlex.split(case.words)
    if not case.inside:
        return words
    inside = shlex.split(case.inside)
    if subprocess.run([*inside, "true"], cwd="/", capture_output=True, check=False).returncode and "--net" in inside:
        pytest.skip("no network namespace can be made here")
    return [*inside, str(BIN / words[0]), *words[1:]]


def environment_of(case: Case, project: Project, *, after: bool = False) -> dict[str, str]:
    chosen = case.environment if not after or case.corrected is None else case.corrected
    known = {"root": lambda: project.root, "cli": lambda: clis.path("3"), "local": lambda: local_url(project)}
    for name, value in chosen.items():
        for word, found in known.items():
            value = value.replace(f"{{{word}}}", str(found())) if f"{{{word}}}" in value else value
        chosen = {**chosen, name: value}
    return dict(chosen)


def local_url(project: Project) -> str:
    return database.running(project.settings).url_with_password


def steps(text: str) -> list[str]:
    found = [line.partition(": ")[2] for line in text.split("\n") if line.startswith(("next: ", "or: "))]
    assert text.count("\nnext: ") == 1, text
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_failure_says_its_cause_and_one_next_step(project: Project, case: Case) -> None:
    case.setup(project)
    done = ran(project, command_of(case), environment_of(case, project))
    shown = done.stdout + done.stderr
    assert done.returncode == 1, shown
    assert "Traceback" not in shown and SECRET.lower() not in shown.lower() and "short" not in shown
    error = done.stderr[done.stderr.index("error: ") :]
    assert case.said.lower() in error.lower(), shown
    # Nothing is told twice.
    first, *more = error.split("\n")
    assert not [line for line in more if line.strip() and first.endswith(f": {line.strip()}")], shown
    commands = steps(done.stderr)
    assert case.step in commands[0], shown
    assert case.fix in error, shown
    # `-C` is as if started in that folder.
    stands = project.root / shlex.split(case.words)[2] if " -C " in case.words else project.root
    assert f"{stands}/" not in error.partition("\nnext: ")[0], "a path below the current folder is relative to it"
    for command in commands:
        assert command_line.is_command(command), command
        # A POSIX shell reads it, and finds a program of that name.
        subprocess.run(["sh", "-n", "-c", command], check=True)
        first = shlex.split(command)[0]
        assert shutil.which(first, path=f"{BIN}:{os.environ['PATH']}") or first in ("cd", "export", "unset"), command
    if not case.unrun:
        follow(case, project, done)


def follow(case: Case, project: Project, failed: subprocess.CompletedProcess[str]) -> None:
    """What a person does then: the edit, the next step, and the next step of what that may end with."""
    if case.edit:
        case.edit(project)
    corrected = environment_of(case, project, after=True)
    seen = {failure(failed)}
    for _ in range(3):
        failed = in_shell(steps(failed.stderr)[0], project, corrected, offline=case.then == OFFLINE)
        assert failed.returncode in (0, 1) and SECRET not in failed.stdout + failed.stderr, failed
        if failed.returncode == 0 or (case.then and case.then in failed.stderr):
            break
        # The same once more would be a circle.
        assert failure(failed) not in seen, failed.stderr
        seen.add(failure(failed))
    assert bool(failed.returncode) == bool(case.then), failed.stderr
    if case.mends:
        again = ran(project, command_of(case), corrected)
        assert not again.returncode or failure(again) not in seen, again.stderr


def failure(done: subprocess.CompletedProcess[str]) -> str:
    return done.stderr[done.stderr.index("error: ") :].split("\nfix: ")[0].split("\nnext: ")[0]


def in_shell(
    command: str, project: Project, environment: Mapping[str, str], *, offline: bool
) -> subprocess.CompletedProcess[str]:
    given = {"PATH": f"{BIN}:{os.environ['PATH']}", **environment}
    # A plain command has the words that a shell reads, and starts sooner.
    shell = ["sh", "-c", command] if set(command) & set("&$") else shlex.split(command)
    if not offline:
        return ran(project, shell, given)
    # A server needs a user that is not root, whom a namespace of one's own does not have.
    apart = ["unshare", "--net"]
    if subprocess.run([*apart, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no network namespace can be made here")
    return ran(project, [*apart, *shell], given)


README = (Path(__file__).parents[2] / "README.md").read_text()
# In the folder of the tests.
ELSEWHERE = {
    1: "tasks/test_failures.py::test_words_of_other_programs_are_in_the_readme",
    4: "tasks/test_failures.py::test_init_where_nothing_is_says_what_comes_next",
    24: "tasks/test_local.py::test_an_edited_migration_is_no_success_of_a_push",
    25: "tasks/test_local.py::test_an_edited_migration_is_no_success_of_a_push",
    29: "tasks/test_failures.py::test_an_empty_migration_is_noted",
    31: "tasks/test_local.py::test_a_failing_migration_is_told_once_with_file_and_line",
    34: "tasks/test_failures.py::test_without_git_the_check_says_so",
    62: "tasks/test_failures.py::test_words_of_other_programs_are_in_the_readme",
}


def test_all_of_the_62_are_provoked() -> None:
    here = {case.number for case in CASES if case.number}
    assert sorted(here | set(ELSEWHERE)) == list(range(1, 63))
    assert [test for test in ELSEWHERE.values() if not known_tests.is_there(test)] == []


def test_every_next_step_is_run_or_has_a_reason() -> None:
    assert [
        case.name for case in CASES if case.unrun and (case.edit or case.corrected or case.then or case.mends)
    ] == []
    assert sorted(case.number for case in CASES if case.unrun) == [55, 56]


def test_words_of_other_programs_are_in_the_readme(project: Project) -> None:
    """`inv` reads nothing of ours before it has found a tasks.py; pip reads nothing but what the package requires."""
    empty(project)
    done = ran(project, ["inv", "schema-generate"], {})
    said = (done.stdout + done.stderr).strip()
    assert (done.returncode, f"`{said}`" in README) == (1, True)
    assert "| `supabase-tasks init` |" in README[README.index(said) :].split("\n")[0]
    wanted = metadata.metadata("supabase-tasks")["Requires-Python"]
    assert f"requires a different Python: … not in '{wanted}'" in README


def test_init_where_nothing_is_says_what_comes_next(project: Project) -> None:
    empty(project)
    done = ran(project, ["supabase-tasks", "init", "--yes"], {})
    assert done.returncode == 0
    shown = done.stdout + done.stderr
    # At the end, where it is read.
    end = shown.split("wrote 4 files")[1]
    assert "No table was found" in end and "Write a module with SQLModel classes" in end and "inv schema-import" in end


def test_an_empty_migration_is_noted(project: Project) -> None:
    migration(" \n")(project)
    done = ran(project, ["inv", "migrations-check"], {})
    assert done.returncode == 0
    assert done.stderr == "note: 0000_x.sql is empty: it changes nothing, and its version is taken\n"


def test_without_git_the_check_says_so(project: Project) -> None:
    done = ran(project, ["inv", "migrations-check"], {})
    assert (done.returncode, done.stdout) == (
        0,
        "0 migrations: in order (not a git repository: compared with nothing)\n",
    )
    assert "this is not a git repository" in ran(project, ["inv", "migrations-lint", "--changed"], {}).stderr


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("inv schema-genrate --json", "unknown-task"),
        ("inv schema-generate --dryrun --json", "unknown-option"),
        ("inv migrations-new --json", "missing-argument"),
        ("inv schema-generate --json --name", "missing-value"),
        ("supabase-tasks schema-genrate --json", "unknown-task"),
        ("supabase-tasks schema-generate --json --dryrun", "unknown-option"),
    ],
)
def test_parse_errors_are_one_json_document(project: Project, words: str, code: str) -> None:
    done = ran(project, shlex.split(words), {})
    document = json.loads(done.stdout)
    assert (done.returncode, document["ok"], document["error"]["code"]) == (1, False, code)
    assert command_line.is_command(document["error"]["next_step"])


COUNTED = re.compile(r"\{len\([^{}]*\)\} (?!of )[a-z]+s\b")


def test_no_number_meets_a_fixed_plural() -> None:
    """`1 files`: a count and its noun are `wording.count`, unless the number cannot be one."""
    known = {"diff/errors.py", "flow/adopt/init.py", "flow/importing/target.py"}
    package = Path(command_line.__file__).parent
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if COUNTED.search(path.read_text(encoding="utf-8"))
    }
    assert found <= known


def test_bare_and_list_show_tasks_in_order_of_use_and_where_to_start(project: Project) -> None:
    for words in (["inv"], ["inv", "--list"], ["supabase-tasks"], ["supabase-tasks", "--list"]):
        shown = ran(project, words, {}).stdout
        assert shown.startswith(f"New here? {words[0]} init ")
        parts = (
            "Set up",
            "schema-generate  ",
            "Migrations",
            "Hosted databases",
            "push-staging",
            "push-prod",
            "reset-staging",
        )
        places = [shown.index(part) for part in parts]
        assert places == sorted(places)
        assert "--write-pyc" not in shown
    assert ran(project, ["supabase-tasks", "--version"], {}).stdout.startswith("supabase-tasks 0.")


@pytest.mark.parametrize(
    "url",
    [
        f"postgres:{SECRET}@127.0.0.1:1/postgres",
        f"postgresql:/postgres:{SECRET}@127.0.0.1:1/x",
        f"postgres//u:{SECRET}@127.0.0.1:1",
        f"postgresql://postgres:{SECRET}",
        f"postgresql://postgres:[{SECRET}]@127.0.0.1:1/postgres",
        f"postgresql://postgres:a@{SECRET}/x@127.0.0.1:1/postgres",
    ],
)
@pytest.mark.parametrize(
    "words", ["schema-import", "schema-diff --from", "schema-import --source", "schema-diagram --diff"]
)
def test_a_mistyped_url_is_never_shown_wherever_it_stands(project: Project, words: str, url: str) -> None:
    done = ran(project, ["inv", *words.split(), url], {})
    assert done.returncode == 1 and "error: " in done.stderr, done.stderr
    assert SECRET not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [
        "schema-check",
        "migrations-check",
        "migrations-lint",
        "migrations-new x",
        "migrations-renumber",
        "migrations-squash",
        "nx-sync",
    ],
)
def test_without_a_project_nothing_is_called_right_or_written(tmp_path: Path, words: str) -> None:
    done = ran(Project(tmp_path), ["supabase-tasks", *words.split()], {})
    assert done.returncode == 1 and f"error: there is no project in {tmp_path}" in done.stderr
    assert steps(done.stderr) == ["supabase-tasks init"] and not list(tmp_path.iterdir())


def test_a_dry_run_of_an_empty_migration_writes_nothing(project: Project) -> None:
    done = ran(project, shlex.split("inv schema-generate --custom --name x --dry-run"), {})
    assert (done.returncode, project.migrations) == (0, [])
    assert done.stdout == "would write supabase/migrations/0000_x.sql\n"
