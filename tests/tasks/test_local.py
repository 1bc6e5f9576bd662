"""The local tasks on the embedded database, run as a person runs them, with both majors of the real CLI."""

from __future__ import annotations

import json
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import clis, local, native_cli
from support.local import Place

from supabase_tasks import postgres


@pytest.fixture(scope="module")
def module_place() -> Iterator[Place]:
    with local.running() as place:
        yield place


@pytest.fixture
def place(module_place: Place) -> Place:
    module_place.empty()
    return module_place


@pytest.mark.parametrize("major", ["2", "3"])
def test_reset_replays_seeds_and_says_where_to_connect(place: Place, major: str) -> None:
    override = {"SUPABASE_CLI_BINARY_OVERRIDE": str(clis.path(major))}
    ran = place.ok("supabase-db-reset", env=override)
    assert "Applying migration 0002_tags.sql" in ran.stderr
    lines = ran.stdout.splitlines()
    assert lines[0].startswith("reset embedded PostgreSQL in ")
    assert lines[1].split() == ["migrations", "2", "(2", "applied", "now)"]
    assert lines[2].split() == ["tables", "2"]
    assert lines[3].split() == ["seed", "supabase/seed.sql"]
    # The command stands on a line of its own, so that it can be copied as a whole.
    assert lines[4] == "connect:"
    assert Path(shlex.split(lines[5])[0]).name == "psql" and "passfile=" in lines[5]
    assert place.query("select body from public.notes") == [("seeded",)]


def test_reset_as_json_is_one_document(place: Place) -> None:
    document = place.ok("supabase-db-reset", "--json").json
    assert document["ok"] is True
    assert (document["mode"], document["migrations"], document["tables"]) == ("embedded", 2, 2)
    assert document["applied"] == ["0001_notes.sql", "0002_tags.sql"]
    assert document["seeded"] == ["supabase/seed.sql"]
    assert document["url"].startswith("postgresql://postgres@127.0.0.1:")


def test_reset_takes_everything_else_away(place: Place) -> None:
    place.ok("supabase-db-reset")
    place.query("create table public.mine (id int)")
    place.query("insert into storage.buckets (id, name) values ('b', 'b')")
    place.ok("supabase-db-reset", "--no-seed")
    assert place.query("select to_regclass('public.mine') is null, (select count(*) from storage.buckets)") == [
        (True, 0)
    ]
    assert place.query("select count(*) from public.notes") == [(0,)]
    # psql shows them; on the shadow server they are left out.
    assert place.query("select obj_description('pg_catalog.now()'::regprocedure) <> ''") == [(True,)]


def test_reset_needs_nothing_but_config_toml_and_works_from_a_folder_below(place: Place) -> None:
    (place.root / "pyproject.toml").unlink()
    below = place.root / "src" / "deep"
    below.mkdir(parents=True, exist_ok=True)
    document = place.ok("supabase-db-reset", "--json", cwd=below, env={"SUPABASE_TASKS_LOCAL": "embedded"}).json
    assert document["migrations"] == 2


def test_reset_up_to_a_version(place: Place) -> None:
    assert place.ok("supabase-db-reset", "--version", "0001", "--json").json["applied"] == ["0001_notes.sql"]
    ran = place.inv("supabase-db-reset", "--version", "0009", "--json")
    assert (ran.code, ran.error["code"]) == (1, "unknown-version")


def test_a_failing_migration_is_one_error_with_file_and_statement(place: Place) -> None:
    place.migration("0003_bad", "select 1;\nalter table public.nope add column x int;\n")
    ran = place.inv("supabase-db-reset", "--json")
    assert ran.code == 1
    assert ran.error["code"] == "migration-failed"
    assert ran.error["data"]["file"] == "0003_bad.sql"
    assert 'relation "public.nope" does not exist' in ran.error["message"]
    assert "Traceback" not in ran.stderr


@pytest.mark.parametrize("major", ["2", "3"])
def test_a_failing_migration_is_told_once_with_file_and_line(place: Place, major: str) -> None:
    place.migration("0003_bad", "select 1;\n\n-- why\ncreate table public.x (\n  id int,\n  of tabel\n);\n")
    ran = place.inv("supabase-db-reset", env={"SUPABASE_CLI_BINARY_OVERRIDE": str(clis.path(major))})
    assert ran.code == 1
    lines = [line for line in ran.stderr.splitlines() if 'type "tabel" does not exist' in line]
    assert len(lines) == 1 and lines[0].startswith("error: "), ran.stderr
    assert "  supabase/migrations/0003_bad.sql:6\n" in ran.stderr
    assert ran.stderr.endswith("fix: correct 0003_bad.sql\nnext: inv supabase-db-reset\n")


def test_an_edited_migration_is_no_success_of_a_push(place: Place) -> None:
    """The Supabase CLI compares versions only and calls it up to date."""
    place.ok("supabase-db-reset")
    place.migration("0002_tags", "-- a comment is no edit\n" + local.TAGS)
    place.ok("supabase-db-push-local")
    place.migration("0002_tags", "create table public.tags (id int primary key, name text);\n")
    place.migration("0003_more", "create table public.more (id int);\n")
    for arguments in ((), ("--dry-run",)):
        ran = place.inv("supabase-db-push-local", *arguments)
        assert ran.code == 1
        assert "error: edited after the local database ran it: 0002_tags.sql\n" in ran.stderr
        assert ran.stderr.endswith("next: inv supabase-db-reset\n")
    assert place.query("select to_regclass('public.more')") == [(None,)]
    shown = place.ok("supabase-status").stdout
    assert "local: 0002_tags.sql was edited after it ran there; inv supabase-db-reset" in shown


def test_push_applies_what_is_new_and_keeps_rows(place: Place) -> None:
    place.ok("supabase-db-reset")
    place.query("insert into public.notes values (2, 'mine')")
    place.migration("0003_more", "create table public.more (id int);\n")
    dry = place.ok("supabase-db-push-local", "--dry-run", "--json").json
    assert (dry["migrations"], dry["tables"]) == (2, 2)
    done = place.ok("supabase-db-push-local", "--json").json
    assert (done["applied"], done["migrations"], done["tables"]) == (["0003_more.sql"], 3, 3)
    assert place.query("select count(*) from public.notes") == [(2,)]
    assert place.ok("supabase-db-push-local", "--json").json["applied"] == []


def test_start_fills_a_new_database_and_restart_keeps_rows(place: Place) -> None:
    import shutil

    from supabase_tasks import postgres, state_dir

    postgres.stop(place.settings)
    shutil.rmtree(state_dir.project_folder(place.settings), ignore_errors=True)
    started = place.ok("supabase-start", "--json").json
    assert (started["migrations"], started["seeded"]) == (2, ["supabase/seed.sql"])
    place.query("insert into public.notes values (2, 'mine')")
    restarted = place.ok("supabase-restart", "--json").json
    assert (restarted["url"], restarted["applied"]) == (started["url"], [])
    assert place.query("select count(*) from public.notes") == [(2,)]
    refused = place.inv("supabase-stop", "--gone", "--json")
    assert (refused.code, refused.error["next_step"]) == (1, "inv supabase-stop --all --gone")
    stopped = place.ok("supabase-stop", "--all", "--gone", "--json").json
    assert stopped["stopped"]
    # What other tests left behind goes as well.
    assert [one for one in (*stopped["removed"], *stopped["left"]) if str(place.root.parent) in one] == []
    assert place.ok("supabase-stop").stdout == "nothing was running\n"
    shown = place.ok("supabase-status").stdout
    assert re.search(r"^0001_notes\.sql +–", shown, re.MULTILINE), shown
    assert "no migrations" not in shown


def test_no_config_toml_is_one_line_and_nothing_is_made(place: Place) -> None:
    (place.root / "supabase" / "config.toml").unlink()
    ran = place.inv("supabase-db-reset")
    assert ran.code == 1
    assert ran.stderr.startswith("error: ")
    assert "next: supabase-tasks init" in ran.stderr


def test_migrations_elsewhere_are_refused_because_the_cli_would_not_see_them(place: Place) -> None:
    place.write("pyproject.toml", '[tool.supabase-tasks]\nlocal = "embedded"\nmigrations = "db/migrations"\n')
    (place.root / "db" / "migrations").mkdir(parents=True)
    ran = place.inv("supabase-db-reset", "--json")
    assert "supabase/migrations only" in ran.error["message"]


def test_ctrl_c_ends_the_cli_and_exits_130(place: Place) -> None:
    place.migration("0003_slow", "select pg_sleep(120);\n")
    child = subprocess.Popen(
        [sys.executable, "-m", "invoke", "supabase-db-reset"],
        cwd=place.root,
        env=place.environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    for line in child.stderr:
        if "0003_slow" in line:
            break
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Traceback" not in errors
    commands = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert not [one for one in commands.splitlines() if f"--workdir {place.root}" in one]
    place.empty()
    place.ok("supabase-db-reset")


@pytest.fixture
def stack(place: Place, tmp_path: Path) -> Path:
    """A Docker engine that answers, and a CLI that writes down what it is asked: nothing real is behind either."""
    for name, body in (
        ("docker", 'echo "docker $*" >> "$0.log"; echo 27.0.0'),
        ("supabase", 'echo "$*" >> "$0.log"; [ "$1" = --version ] && echo 3.1.0; exit 0'),
    ):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{body}\n")
        path.chmod(0o755)
    place.write("pyproject.toml", '[tool.supabase-tasks]\nproject = "small"\nlocal = "auto"\n')
    return tmp_path


def docker_environment(stack: Path) -> dict[str, str | None]:
    import os

    return {
        "PATH": f"{stack}{os.pathsep}{os.environ['PATH']}",
        "DOCKER_HOST": "unix:///somewhere/docker.sock",
        "SUPABASE_CLI_BINARY_OVERRIDE": str(stack / "supabase"),
    }


@pytest.mark.parametrize(
    ("task", "asked"),
    [
        ("supabase-start", "start"),
        ("supabase-stop", "stop"),
        ("supabase-db-reset", "db reset --yes"),
        ("supabase-db-push-local", "db push --yes"),
    ],
)
def test_where_docker_answers_the_documented_stack_is_used(place: Place, stack: Path, task: str, asked: str) -> None:
    ran = place.inv(task, "--json", env=docker_environment(stack))
    calls = (stack / "supabase.log").read_text().splitlines()
    assert f"--workdir {place.root} {asked}" in calls
    assert (stack / "docker.log").read_text().startswith("docker version")
    if task != "supabase-stop":
        # The fake started nothing: that the database does not answer is said as such.
        assert ran.error["code"] == "database"
        assert ":54322" in ran.error["message"]


def test_without_an_engine_docker_is_not_even_asked(place: Place, stack: Path) -> None:
    environment = docker_environment(stack) | {
        "DOCKER_HOST": None,
        "HOME": str(stack),
        "SUPABASE_CLI_BINARY_OVERRIDE": str(place.cli),
    }
    document = place.ok("supabase-db-reset", "--json", env=environment).json
    assert document["mode"] == "embedded"
    assert not (stack / "docker.log").exists() or Path("/var/run/docker.sock").exists()


def test_a_docker_that_does_not_answer_means_the_embedded_database(place: Place, stack: Path) -> None:
    (stack / "docker").write_text("#!/bin/sh\nexit 1\n")
    environment = docker_environment(stack) | {"SUPABASE_CLI_BINARY_OVERRIDE": str(place.cli)}
    assert place.ok("supabase-db-reset", "--json", env=environment).json["mode"] == "embedded"


def test_every_task_has_a_help_worth_reading(place: Place) -> None:
    for name in ("supabase-start", "supabase-db-reset", "supabase-db-push-local", "supabase-db-lint"):
        text = place.ok("--help", name).stdout
        assert "--json" in text
        assert "Docstring:\n  none" not in text
    assert json.loads(place.ok("--list", "--list-format", "json").stdout)["tasks"]


NATIVE = '[tool.supabase-tasks]\nproject = "small"\nlocal = "native"\n'


def test_the_native_stack_is_started_changed_and_stopped(place: Place, tmp_path: Path) -> None:
    """Against a CLI that does with its stack what its help says (`support.native_cli`), on a database of ours."""
    server = postgres.local(place.settings)
    program = native_cli.write(tmp_path, place.cli, server.url(), server.password or "")
    environment = {"SUPABASE_CLI_BINARY_OVERRIDE": str(program)}
    place.write("pyproject.toml", NATIVE)
    before = place.inv("supabase-db-push-local", "--json", env=environment)
    assert before.error["next_step"] == "inv supabase-start"
    assert place.ok("supabase-status", "--json", env=environment).json
    assert place.ok("supabase-start", "--json", env=environment).json["mode"] == "native"
    pushed = place.ok("supabase-db-push-local", "--seed", env=environment)
    assert "pushed the supabase start stack (native)" in pushed.stdout
    assert (server.password or "?") not in pushed.stdout + pushed.stderr
    document = place.ok("supabase-db-reset", "--json", env=environment).json
    assert (document["applied"], document["seeded"]) == (["0001_notes.sql", "0002_tags.sql"], ["supabase/seed.sql"])
    shown = place.ok("supabase-status", "--env", env=environment).stdout
    assert (server.password or "?") in shown
    assert "native stack" in place.ok("supabase-stop", env=environment).stdout
    calls = [line for line in native_cli.asked(program) if "--workdir" in line]
    assert all(line.startswith(f"1 --workdir {place.root} ") for line in calls)
    assert any(line.endswith(" start --runtime native") for line in calls)


def test_a_cli_without_the_native_runtime_says_so(place: Place, tmp_path: Path) -> None:
    place.write("pyproject.toml", NATIVE)
    program = tmp_path / "supabase"
    program.write_text('#!/bin/sh\n[ "$1" = --version ] && echo 2.110.0\nexit 0\n')
    program.chmod(0o755)
    environment = {"SUPABASE_CLI_BINARY_OVERRIDE": str(program)}
    error = place.inv("supabase-start", "--json", env=environment).error
    assert (error["code"], error["next_step"]) == ("no-native-runtime", "npm install --save-dev supabase@latest")
    assert "2.110.0 has no native runtime" in place.inv("doctor", env=environment).stdout
