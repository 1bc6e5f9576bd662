"""What a command on the local database says is what is there: after failures, Ctrl-C, and with a second command beside it."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from support import clis, local, warm
from support.local import Place, Ran
from support.waiting import until

from supabase_tasks import postgres
from supabase_tasks.errors import MigrationError
from supabase_tasks.flow.local import applying, database
from supabase_tasks.ledger.files import read

RESET, PUSH = "supabase-db-reset", "supabase-db-push-local"
_ACTIVE = "select count(*) from pg_stat_activity where state = 'active' and query like '%pg_sleep(1%' and pid <> pg_backend_pid()"


@pytest.fixture(scope="module")
def module_place() -> Iterator[Place]:
    with local.running() as place:
        yield place


@pytest.fixture
def place(module_place: Place) -> Place:
    module_place.empty()
    module_place.ok(RESET)
    module_place.query("insert into public.notes values (2, 'mine')")
    return module_place


@pytest.fixture(params=clis.VERSIONS, ids=["cli2", "cli3"])
def major(request: pytest.FixtureRequest) -> dict[str, str | None]:
    return {"SUPABASE_CLI_BINARY_OVERRIDE": str(clis.path(request.param))}


def begun(place: Place, *arguments: str) -> subprocess.Popen[str]:
    return warm.start([sys.executable, "-m", "invoke", *arguments], cwd=place.root, env=place.environment())


def said(child: subprocess.Popen[str], words: str) -> str:
    """What the child has written on standard error up to the line with `words`."""
    assert child.stderr is not None
    lines = []
    for line in child.stderr:
        lines.append(line)
        if words in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def ended(child: subprocess.Popen[str]) -> Ran:
    out, errors = child.communicate(timeout=120)
    return Ran(child.returncode, out, errors)


def replayed(place: Place) -> MigrationError | None:
    settings = place.settings
    try:
        postgres.history_template(postgres.shadow(settings), settings, read(settings))
    except MigrationError as error:
        return error
    return None


def test_a_success_that_the_ledger_does_not_confirm_is_none(place: Place, major: dict[str, str | None]) -> None:
    place.migration("0003_more", "create table public.more (id int);\ncommit; begin;\n")
    place.migration("0004_last", "create table public.last (id int);\n")
    error = place.inv(RESET, "--no-seed", "--json", env=major).error
    # A reset by 3.x asks the next file's connection for its settings first, which PostgreSQL refuses in a lost transaction.
    assert error["code"] in ("ledger-differs", "migration-failed")
    assert "0004_last.sql" in error["message"] and "0003_more.sql: COMMIT is transaction control" in error["cause"]
    refused = replayed(place)
    assert refused is not None and refused.code == "transaction-open"


def test_a_divided_file_that_fails_says_what_of_it_is_there(place: Place, major: dict[str, str | None]) -> None:
    text = "create table public.more (id int);\ncreate index concurrently i on public.more (id);\nselect 1 / 0;\n"
    place.migration("0003_more", text)
    error = place.inv(PUSH, "--json", env=major).error
    assert error["code"] == "migration-failed"
    cause = error["cause"].splitlines()
    assert "not recorded, but in effect, of the 3 statements of 0003_more.sql:" in cause
    assert (
        "  1: create table public.more (id int)" in cause
        and "  2: create index concurrently i on public.more (id)" in cause
    )
    assert not [line for line in cause if line.startswith("  3:")]
    assert (error["fix"], error["next_step"]) == ("correct 0003_more.sql", f"inv {RESET}")
    assert place.query("select to_regclass('public.more') is not null") == [(True,)]


def test_a_reset_that_the_cli_refuses_to_begin_changes_nothing(place: Place) -> None:
    # A section of 2.x that 3.x does not know.
    place.write("supabase/config.toml", local.CONFIG + "\n[inbucket]\nenabled = true\n")
    error = place.inv(RESET, "--json").error
    assert "the local database is as it was before" in error["cause"]
    assert place.query("select body from public.notes order by 1") == [("mine",), ("seeded",)]


def test_a_reset_whose_roles_fail_changes_nothing(place: Place) -> None:
    place.write("supabase/roles.sql", "create role app;\nselect 1 / 0;\n")
    error = place.inv(RESET, "--json").error
    assert "roles.sql" in error["message"] and "division by zero" in error["message"]
    assert place.query("select count(*) from public.notes") == [(2,)]
    assert place.query("select count(*) from pg_roles where rolname = 'app'") == [(0,)]


def test_ctrl_c_during_a_reset_brings_the_former_database_back(place: Place) -> None:
    place.query("create role app; grant app to postgres; grant create on schema public to app")
    place.query("create table public.of_app (id int); alter table public.of_app owner to app")
    place.migration("0003_slow", "create role app;\nselect pg_sleep(120);\n")
    child = begun(place, RESET)
    said(child, "0003_slow")
    until(lambda: place.query(_ACTIVE) == [(1,)])
    child.send_signal(signal.SIGINT)
    ran = ended(child)
    assert ran.code == 130
    assert "interrupted: the local database is as it was before" in ran.stderr
    assert place.query("select count(*) from public.notes") == [(2,)]
    assert place.query("select tableowner from pg_tables where tablename = 'of_app'") == [("app",)]
    assert place.query(_ACTIVE) == [(0,)]


def test_ctrl_c_during_a_push_says_what_ran_and_ends_the_servers_statement(place: Place) -> None:
    place.migration("0003_more", "create table public.more (id int);\n")
    place.migration("0004_slow", "select pg_sleep(120);\n")
    child = begun(place, PUSH)
    said(child, "0004_slow")
    until(lambda: place.query(_ACTIVE) == [(1,)])
    child.send_signal(signal.SIGINT)
    ran = ended(child)
    assert ran.code == 130
    assert "interrupted: the local database has run 0003_more.sql; not run: 0004_slow.sql" in ran.stderr
    assert f"next: inv {PUSH}" in ran.stderr
    assert place.query(_ACTIVE) == [(0,)]


def test_a_database_that_runs_is_not_said_to_be_started(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    monkeypatch.setattr("supabase_tasks.progress.step", told.append)
    database.connect(place.settings)
    assert told == []
    postgres.stop(place.settings)
    database.connect(place.settings)
    assert told == ["starting the local database"]


@pytest.mark.parametrize("task", [RESET, PUSH, "supabase-stop", "supabase-start"])
def test_a_second_command_waits_for_the_first(place: Place, task: str) -> None:
    with applying.turn(place.settings):
        child = begun(place, task)
        assert "waiting for process" in said(child, "waiting for")
        assert child.poll() is None
    assert ended(child).code == 0


def test_roles_sql_runs_before_the_migrations_again_and_again(place: Place, major: dict[str, str | None]) -> None:
    place.write("supabase/roles.sql", "create role app nologin;\ngrant app to postgres;\n")
    place.migration("0003_mine", "create table public.of_app (id int);\ngrant select on public.of_app to app;\n")
    for task in (RESET, RESET, PUSH):
        ran = place.ok(task, env=major)
        assert "Seeding globals from roles.sql" in ran.stderr
    assert replayed(place) is None
    place.migration("0004_more", "grant insert on public.of_app to app;\n")
    place.ok(PUSH, env=major)
    assert replayed(place) is None


def test_a_new_local_database_gets_roles_sql_at_start(place: Place) -> None:
    place.write("supabase/roles.sql", "create role app;\n")
    place.migration(
        "0003_mine", "create table public.of_app (id int);\ngrant select on public.of_app to app;\nselect 1/0;\n"
    )
    place.query("drop schema supabase_migrations cascade; drop table public.notes, public.tags")
    assert place.inv("supabase-start", "--json").error["data"]["file"] == "0003_mine.sql"
    place.migration("0003_mine", "create table public.of_app (id int);\ngrant select on public.of_app to app;\n")
    place.query("drop schema supabase_migrations cascade; drop table public.notes, public.tags")
    assert place.ok("supabase-start", "--json").json["migrations"] == 3


def test_a_database_that_a_migration_creates_is_not_in_the_way(place: Place) -> None:
    place.migration("0003_other", 'create database "other ones";\n')
    place.ok(RESET)
    place.ok(RESET)
    assert place.query("select count(*) from pg_database where datname = 'other ones'") == [(1,)]
    assert replayed(place) is None
    place.migration("0003_other", 'create database "other ones";\n\n')
    assert replayed(place) is None
    with postgres.shadow(place.settings).admin() as connection:
        found = connection.execute("select count(*) from pg_database where datname = 'other ones'").fetchone()
    assert found == (0,)


def test_names_with_blanks_are_reported(place: Place, major: dict[str, str | None]) -> None:
    place.migration("0003_my new table", "create table public.more (id int);\n")
    place.write(
        "supabase/config.toml", f'{local.CONFIG}\n[db.seed]\nsql_paths = ["./my seed.sql", "./other seed.sql"]\n'
    )
    place.write("supabase/my seed.sql", local.SEED)
    place.write("supabase/other seed.sql", "select 1;\n")
    done = place.ok(RESET, "--json", env=major).json
    assert done["applied"][-1] == "0003_my new table.sql"
    assert done["seeded"] == ["supabase/my seed.sql", "supabase/other seed.sql"]
    place.migration("0004_and another", "select 1 / 0;\n")
    error = place.inv(RESET, "--json", env=major).error
    assert error["data"]["file"] == "0004_and another.sql"


def test_a_port_of_the_environment_is_read_as_the_cli_reads_it(place: Place) -> None:
    place.write("supabase/config.toml", local.CONFIG.replace("54322", '"env(DBPORT)"'))
    assert place.ok(RESET, "--json", env={"DBPORT": "54399"}).json["migrations"] == 2
    place.write("supabase/.env", "DBPORT=54398\n")
    assert place.ok(RESET, "--json").json["migrations"] == 2
    place.write("supabase/.env", "")
    error = place.inv(RESET, "--json").error
    assert "DBPORT is not set" in error["message"]
    place.write("supabase/config.toml", local.CONFIG)
    assert place.query("select count(*) from public.notes") == [(1,)]


def test_migrations_that_are_switched_off_are_said_to_be(place: Place, major: dict[str, str | None]) -> None:
    place.write("supabase/config.toml", f"{local.CONFIG}\n[db.migrations]\nenabled = false\n")
    (place.root / "supabase/seed.sql").unlink()
    ran = place.ok(RESET, env=major)
    assert "[db.migrations] enabled = false" in ran.stderr and "schema-check" in ran.stderr


@pytest.mark.parametrize("name", [".env", ".env.development", "../.env.local"])
@pytest.mark.parametrize("text", ["A=1\n\nfoo bar\n", "A=1\n\nNAME\n", 'A=1\n\nB="x\n'])
def test_a_malformed_dotenv_file_is_one_line_with_file_and_line(place: Place, name: str, text: str) -> None:
    path = place.write(f"supabase/{name}", text)
    try:
        ran = place.inv(RESET, "--json")
        assert ran.error["code"] == "malformed-env-file"
        assert f"{path.resolve().name}:3" in ran.error["message"]
        assert [line.partition(":")[0] for line in ran.stderr.splitlines()] == ["error", "fix", "next"]
        assert place.query("select count(*) from public.notes") == [(2,)]
    finally:
        path.unlink()


def test_a_byte_order_mark_is_no_part_of_the_settings(place: Place) -> None:
    for name in ("pyproject.toml", "supabase/config.toml"):
        path = place.root / name
        path.write_text("\ufeff" + path.read_text())
    assert place.ok(PUSH, "--json").json["mode"] == "embedded"


@pytest.mark.parametrize("text", ["\\restrict abc\n", "-- a dump\n\n\\i other.sql\n"])
def test_a_command_of_psql_is_named_with_its_line(place: Place, text: str, major: dict[str, str | None]) -> None:
    place.migration("0003_dump", text + "create table public.x (id int primary key);\n")
    word, line = text.split("\\")[1].split()[0], text.count("\n", 0, text.index("\\")) + 1
    error = place.inv(PUSH, "--json", env=major).error
    assert f"0003_dump.sql:{line}: \\{word} is for psql" in error["cause"]
    assert error["fix"] == "take that out of 0003_dump.sql"
    found = replayed(place)
    assert found is not None and found.code == "psql-command"
    assert f"0003_dump.sql:{line} does not apply: \\{word} is for psql" in found.message


def test_a_command_of_psql_in_the_seed_is_named(place: Place) -> None:
    place.write("supabase/seed.sql", "\\restrict abc\nselect 1;\n")
    error = place.inv(RESET, "--json").error
    assert error["code"] == "psql-command"
    assert "begins with a backslash is for psql" in error["cause"] or "backslash" in error["fix"]


def test_another_syntax_error_in_such_a_file_is_told_as_itself(place: Place, major: dict[str, str | None]) -> None:
    place.migration("0003_both", "creat table public.x (id int);\n\\i other.sql\n")
    error = place.inv(PUSH, "--json", env=major).error
    assert "is for psql" not in error["cause"] and 'at or near "creat"' in error["message"]
    found = replayed(place)
    assert found is not None and found.code == "migration-failed" and ":1 does not apply" in found.message
