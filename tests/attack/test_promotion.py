"""Production gets what staging ran, statement by statement; and no migration forges or takes apart what that rests on.

The real CLI, both majors, is the oracle: what it records for a text is our cut of it, and what it leaves behind of a file
that fails says what one transaction is.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import clis
from support.house import House
from support.texts import UGLY, chance

from supabase_tasks import postgres, process, state_dir
from supabase_tasks.guard import migration_text, promotion, statements
from supabase_tasks.guard.history import Row
from supabase_tasks.ledger import splitting, transactions
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.ledger.splitting import Major
from supabase_tasks.settings import Settings

PUSH, PROD, RESET = "supabase-db-push-staging", "supabase-db-push-prod", "supabase-db-reset-staging"
_CONFIG = 'project_id = "p"\n[db]\nmajor_version = 17\nport = 54322\n'
Recorded = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Oracle:
    """The real CLI of one major, and a database whose history it writes."""

    major: Major
    settings: Settings
    server: postgres.Server

    def files(self, texts: Sequence[str]) -> None:
        for old in self.settings.migrations.iterdir():
            old.unlink()
        for number, text in enumerate(texts):
            (self.settings.migrations / f"{number:05d}_text.sql").write_bytes(text.encode())

    def run(self, *words: str) -> process.CompletedProgram:
        url = self.server.url()
        where = [f"--remote={url}"] if self.major == "3" else ["--db-url", url]
        command = [str(clis.path(self.major)), *words, *where, "--yes"]
        environment = {**clis.ENVIRONMENT, "PGPASSWORD": self.server.password}
        return process.run(command, cwd=self.settings.root, env=environment, check=False, timeout=120)

    def recorded(self, texts: Sequence[str]) -> list[tuple[str, ...]]:
        """What the CLI records for each text; none of them runs."""
        self.forget()
        self.files(texts)
        ran = self.run("migration", "repair", "--status", "applied", *(f"{n:05d}" for n in range(len(texts))))
        assert ran.code == 0, ran.output
        with self.server.connect() as connection:
            rows = connection.execute(
                "select statements from supabase_migrations.schema_migrations order by version"
            ).fetchall()
        return [tuple(row[0]) for row in rows]

    def pushed(self, text: str) -> tuple[int, set[str], int]:
        """One file pushed: the exit code, the tables there are then, and the number of rows of the history."""
        self.forget()
        self.files([text])
        ran = self.run("db", "push")
        with self.server.connect() as connection:
            tables = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
            rows = connection.execute("select count(*) from supabase_migrations.schema_migrations").fetchone()
        assert rows is not None
        return ran.code, {name for (name,) in tables}, rows[0]

    def forget(self) -> None:
        with self.server.connect() as connection:
            connection.execute("drop schema if exists supabase_migrations cascade")
            connection.execute("drop table if exists public.before, public.after")
            connection.execute("drop procedure if exists public.ends()")


@pytest.fixture(scope="module")
def local(both_clis: None) -> Iterator[tuple[Settings, postgres.Server]]:
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="st-"))
    folder.chmod(0o755)
    supabase = folder / "p" / "supabase"
    (supabase / "migrations").mkdir(parents=True)
    (supabase / "config.toml").write_text(_CONFIG)
    settings = Settings(folder / "p", "p", supabase, supabase / "migrations")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(folder / "state"))
        yield settings, postgres.local(settings)
        postgres.stop(settings)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=clis.VERSIONS, ids=["cli2", "cli3"])
def oracle(request: pytest.FixtureRequest, local: tuple[Settings, postgres.Server]) -> Oracle:
    return Oracle(request.param, *local)


def test_what_the_cli_records_is_our_cut(oracle: Oracle) -> None:
    texts = (*UGLY, *chance(400))
    recorded = oracle.recorded(texts)
    ours = [splitting.texts(text, oracle.major) for text in texts]
    assert [(text, found) for text, found in zip(texts, recorded, strict=True)] == list(zip(texts, ours, strict=True))


def test_a_text_is_promoted_to_a_text_that_the_cli_records_alike_and_to_no_other(
    oracle: Oracle, tmp_path: Path
) -> None:
    recorded = oracle.recorded(UGLY)
    files = []
    for number, text in enumerate(UGLY):
        path = tmp_path / f"1_text{number}.sql"
        path.write_bytes(text.encode())
        files.append(MigrationFile(path, "1", f"text{number}"))
    for ran, there in zip(UGLY, recorded, strict=True):
        for file, then in zip(files, recorded, strict=True):
            accepted = not promotion.unpromoted_migrations([file], [Row("1", "text", there)])
            # A text that the majors cut differently counts by either cut, and is refused before it can run.
            alike = then == there or (
                bool(migration_text.faults([file], [file])) and statements.matches_history(file.text, there)
            )
            assert accepted is alike, (ran, file.text)


# Fails at its end, with what comes before it; `before` and `after` show what stayed.
_FAILS = "create table public.before (); {}; create table public.after (); select 1 / 0;"
DIVIDED = {
    "commit": _FAILS.format("commit"),
    "begin and commit": "begin; create table public.before (); commit; select 1 / 0;",
    "commit in a DO block": _FAILS.format("do $$ begin commit; end $$"),
    "a procedure that commits": _FAILS.format(
        "create procedure public.ends() language plpgsql as $$ begin commit; end $$; call public.ends()"
    ),
    "the directive": "-- pg-delta: transaction=false\n" + _FAILS.format("select 1"),
    "vacuum between others": _FAILS.format("vacuum"),
}


@pytest.mark.parametrize("name", DIVIDED)
def test_what_we_refuse_leaves_half_a_migration_behind(oracle: Oracle, name: str) -> None:
    code, tables, rows = oracle.pushed(DIVIDED[name])
    assert (code, rows) == (1, 0) and "before" in tables
    assert list(transactions.breaks(DIVIDED[name], [DIVIDED[name]]))


def test_a_rollback_loses_what_the_history_says_ran(oracle: Oracle) -> None:
    text = "create table public.before (); do $$ begin rollback; end $$; create table public.after ();"
    assert oracle.pushed(text) == (0, {"after"}, 1)
    assert list(transactions.breaks(text))


WHOLE = {
    "words in strings": _FAILS.format("select 'commit; begin' as \"rollback\""),
    "blocks": _FAILS.format("do $$ begin perform 1; exception when others then null; end $$"),
    "bodies": _FAILS.format("create function pg_temp.f() returns int begin atomic select 1; end"),
    "a procedure that does not commit": _FAILS.format(
        "create procedure public.ends() language plpgsql as $$ begin null; end $$; call public.ends()"
    ),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_we_call_one_transaction_is_one(oracle: Oracle, name: str) -> None:
    assert transactions.is_one(WHOLE[name])
    assert oracle.pushed(WHOLE[name]) == (1, set(), 0)


LEDGER = "supabase_migrations.schema_migrations"
REFUSED = {
    "empty": ["", " \n;;", "\u3000;"],
    "character": ["\ufeff\ufeffselect 1;", "select 1;\n\ufeffselect 2;", "select '\0';"],
    "cut": ["select 1 /*/ ; select 2 /*/;", "select 1 /* /* */* */ -- x */; select 2;"],
    "transaction": [
        *("begin", "Start Transaction", "-- x\ncommit", "/* a /* b */ */ END", "rollback", "abort", "commit and chain"),
        *("savepoint a", "rollback to a", "release savepoint a", "prepare transaction 'a'", "commit prepared 'a'"),
        *(
            "rollback prepared 'a'",
            "/* /* x */ COMMIT */ select 1",
            "do $$ begin if true then rollback; end if; end $$",
        ),
        *("do language plpgsql 'begin commit; end'", "do language plpython3u $$ plpy.commit() $$", "call unknown()"),
        *("do $$ begin call unknown(); end $$", "do $$ begin execute 'call unknown()'; end $$"),
        *("\n-- pg-delta: transaction=false\nselect 1", "vacuum t; select 1", "alter system set a = 1; select 1"),
        *("create index concurrently i on t (a); create table u ()", "select 1; reindex (concurrently) table t"),
        "alter table t detach partition u concurrently; select 1",
    ],
    "history": [
        *(f"insert into {LEDGER} values ('1')", f"update {LEDGER} set statements = null", f"delete from {LEDGER}"),
        *(
            f"truncate {LEDGER}",
            f"copy {LEDGER} from '/tmp/x'",
            f"alter table {LEDGER} add x int",
            f"drop table {LEDGER}",
        ),
        *(
            "drop schema supabase_migrations cascade",
            'insert into "supabase_migrations"."schema_migrations" values (1)',
        ),
        *("INSERT INTO SUPABASE_MIGRATIONS . /* x */ schema_migrations values (1)", f"create view v as table {LEDGER}"),
        *('delete from U&"\\0073upabase_migrations".x', "delete from U&\"!0073upabase_migrations\" uescape '!'"),
        *(
            "set search_path = supabase_migrations; select 1",
            "set schema 'supabase_migrations'",
            "delete from schema_migrations",
        ),
        *("select set_config('search_path', 'supabase_migrations', false)", f"grant all on {LEDGER} to anon"),
        *(f"with x as (delete from {LEDGER} returning 1) select * from x", f"select * into x from {LEDGER}"),
        *(f"do $$ begin insert into {LEDGER} values ('1'); end $$", f"explain analyze delete from {LEDGER}"),
        *(
            f"create function f() returns void language sql as 'delete from {LEDGER}'",
            f"prepare p as delete from {LEDGER}",
        ),
        *(
            f"create function f() returns void begin atomic delete from {LEDGER}; end",
            "select dblink_exec('delete from schema_migrations')",
        ),
        *(
            "do $$ begin execute 'delete from supabase_' || 'migrations.x'; end $$",
            "do $$ begin execute E'drop table \\x73upabase_migrations.x'; end $$",
        ),
        *(
            "do $$ begin execute format('delete from %I.x', concat('supabase', '_migrations')); end $$",
            f"create rule r as on insert to t do also delete from {LEDGER}",
        ),
        *(
            f"create trigger t before insert on {LEDGER} execute function f()",
            "alter role postgres set search_path = supabase_migrations",
        ),
        f"merge into {LEDGER} using t on true when matched then delete",
    ],
}
TAKEN = [
    # Both majors leave it out: what they run and record is the rest.
    "\ufeffselect 1;",
    "-- begin; commit; supabase_migrations\nselect 1;",
    "insert into words values ('commit; begin'); select 1 as commit;",
    "create function f() returns int language plpgsql as $$ begin return 1; end $$;",
    "create procedure p() language plpgsql as $$ begin commit; end $$;",
    "create procedure q() language plpgsql as $$ begin perform 1; end $$; call q();",
    "do $$ begin insert into git (commit) values (1); end $$;",
    "create index concurrently i on t (a);",
    "set lock_timeout = '4s'; drop index concurrently if exists i; create index concurrently i on t (a);",
    "vacuum t;",
    f"select * from {LEDGER};",
    "create table public.schema_migrations (); create table supabase_migrations_log ();",
    "comment on table t is 'see supabase_migrations';",
    "insert into docs values ('Supabase migrations are files');",
    "-- only a comment",
]


def _file(folder: Path, data: bytes) -> MigrationFile:
    path = folder / "0007_text.sql"
    path.write_bytes(data)
    return MigrationFile(path, "0007", "text")


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in REFUSED.items() for text in texts])
def test_a_text_that_is_refused(tmp_path: Path, kind: str, text: str) -> None:
    file = _file(tmp_path, text.encode())
    assert kind in {fault.kind for fault in migration_text.faults([file], [file])}
    third = _file(tmp_path, f"select 1;\n\n{text}".encode())
    lines = {fault.line for fault in migration_text.faults([third], [third]) if fault.kind == kind}
    assert kind in ("empty", "cut") or "pg-delta" in text or lines & {1, 3, 4}


@pytest.mark.parametrize("text", TAKEN)
def test_a_text_that_is_taken(tmp_path: Path, text: str) -> None:
    file = _file(tmp_path, text.encode())
    assert migration_text.faults([file], [file]) == ()


@pytest.mark.parametrize(
    "data", ["select 'é';".encode("latin-1"), "select 1;".encode("utf-16"), b"select '\xed\xa0\x80';"]
)
def test_bytes_that_are_refused(tmp_path: Path, data: bytes) -> None:
    file = _file(tmp_path, b"select 1;\n" + data)
    (fault, *_) = migration_text.faults([file], [file])
    assert (fault.kind, fault.line) == ("encoding", 2)


@pytest.mark.parametrize(
    ("ran", "now"),
    [
        (
            "create schema billing;\ncreate table accounts (id int);\n",
            "create schema billing\ncreate table accounts (id int);\n",
        ),
        (
            "create table scenes (id int) -- the scenes\n;alter table scenes enable row level security;\n",
            "create table scenes (id int) -- the scenes ;alter table scenes enable row level security;\n",
        ),
    ],
    ids=["a missing semicolon", "a comment that swallows one"],
)
def test_production_does_not_get_what_staging_did_not_run(both: House, ran: str, now: str) -> None:
    both.migration("0000_scenes", ran)
    both.ok(PUSH, "--yes")
    both.migration("0000_scenes", now)
    error = both.refused(PROD, "--confirm", both.cloud.projects["prod"].ref)
    assert error["code"] == "not-promoted"
    assert error["data"]["unpromoted"] == [{"file": "0000_scenes.sql", "reason": "different"}]
    assert both.ledger("prod") == []
    assert both.refused(PUSH, "--yes")["code"] == "history-mismatch"


def test_a_push_or_reset_with_such_a_file_changes_nothing(house: House) -> None:
    forged = f"insert into {LEDGER} values ('0001', array['drop table public.scenes'], 'drop')"
    house.migration("0000_scenes", f"create table public.scenes (id int);\ndo $$ begin\n{forged};\nend $$;\n")
    house.migration("0001_drop", "drop table public.scenes;\ncommit;\n")
    for task in (PUSH, RESET):
        error = house.refused(task, "--confirm", house.cloud.projects["staging"].ref)
        assert error["code"] == "migration-text"
        found = [(fault["file"], fault["line"], fault["kind"]) for fault in error["data"]["faults"]]
        assert found == [("0000_scenes.sql", 2, "history"), ("0001_drop.sql", 2, "transaction")]
        assert "0001_drop.sql:2: COMMIT is transaction control" in error["cause"]
    assert house.ledger("staging") == []
    assert house.query("staging", "select to_regclass('public.scenes')") == [(None,)]


def test_what_ran_before_the_rules_stays(house: House) -> None:
    house.pushed("staging", "0000_old", "create table public.scenes (id int);\n")
    with house.cloud.projects["staging"].cluster.admin() as connection:
        connection.execute(
            f"insert into {LEDGER} values ('0001', '{{begin,commit}}', 'own'), ('0002', '{{}}', 'empty')"
        )
    house.migration("0001_own", "begin;\ncommit;\n")
    house.migration("0002_empty", "\n")
    house.migration("0003_new", "select 1;\n")
    assert house.ok(PUSH, "--yes", "--json").json["pushed"] == ["0003_new.sql"]


def test_half_a_migration_is_not_called_whole(house: House) -> None:
    house.migration("0000_rows", "create table public.scenes (id int);\ninsert into public.scenes values (1), (1);\n")
    house.migration("0001_index", "create unique index concurrently scenes_id on public.scenes (id);\n")
    error = house.refused(PUSH, "--yes")
    assert "the index that 0001_index.sql was building is left invalid" in error["cause"]
    assert "partly applied" not in error["cause"]
    assert house.query("staging", "select to_regclass('public.scenes_id') is not null") == [(True,)]
