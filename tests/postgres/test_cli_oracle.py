"""The real CLI is the oracle: whatever a migration's text is, our replay does with it what both majors do.

The same verdict, the same recorded statements, the same schema and rows afterwards (`tests/support/corpus.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from support import clis, corpus

from supabase_tasks import postgres, process
from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger import splitting
from supabase_tasks.ledger.files import read
from supabase_tasks.ledger.splitting import Major
from supabase_tasks.postgres import replay
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.usefixtures("both_clis")
_GROUND = "create table public.ground (a int); create type public.mood as enum ('fine');"


# What can be left of a file that failed: relations, valid and invalid indexes, routines, types.
_OBJECTS = """
select c.relkind::text, c.relname::text, coalesce(i.indisvalid, true) from pg_class c left join pg_index i on i.indexrelid = c.oid
 where c.relnamespace = 'public'::regnamespace
union all select 'f', p.oid::regprocedure::text, true from pg_proc p where p.pronamespace = 'public'::regnamespace
union all select 't', t.typname::text, true from pg_type t where t.typnamespace = 'public'::regnamespace and t.typtype <> 'b'
 order by 1, 2
"""


@dataclass(frozen=True)
class State:
    """What a database holds: the history's rows, its objects by name, every table's rows."""

    history: list[tuple[str, str, tuple[str, ...]]]
    objects: list[tuple[str, str, bool]]
    rows: dict[str, list[str]]


def state(server: postgres.Server, database: str) -> State:
    with server.connect(database) as connection:
        known = connection.execute("select to_regclass('supabase_migrations.schema_migrations') is not null").fetchone()
        history = "select version, name, statements from supabase_migrations.schema_migrations order by 1"
        recorded = connection.execute(history).fetchall() if known == (True,) else []
        tables = connection.execute(
            "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname ~ '^(public|t[0-9].*)$' order by 1"
        ).fetchall()
        rows = {
            name: [row for (row,) in connection.execute(f"select t::text from {name} t order by 1").fetchall()]
            for (name,) in tables
        }
        objects = connection.execute(_OBJECTS).fetchall()
    return State([(version, name, tuple(texts)) for version, name, texts in recorded], objects, rows)


def schema(server: postgres.Server, database: str) -> list[str]:
    return [line for line in server.dump_schema(database).splitlines() if "restrict" not in line]


def write(settings: Settings, texts: Sequence[str]) -> None:
    (settings.migrations / "00000_ground.sql").write_text(_GROUND)
    for number, text in enumerate(texts):
        path = settings.migrations / f"{number + 1:05}_text.sql"
        path.write_bytes(text.replace("§", f"t{number}").encode("utf-8", "surrogateescape"))


@dataclass(frozen=True)
class Bench:
    """A server with fresh Supabase databases to push to, and a project of its own for each push."""

    server: postgres.Server
    template: str
    make: Callable[..., Settings]

    def push(self, major: Major, settings: Settings, database: str) -> process.CompletedProgram:
        url = self.server.url(database)
        where = [f"--remote={url}"] if major == "3" else ["--db-url", url]
        command = [str(clis.path(major)), "db", "push", *where, "--yes"]
        environment = {**clis.ENVIRONMENT, "PGPASSWORD": self.server.password}
        return process.run(command, cwd=settings.root, env=environment, check=False, timeout=120)

    def by_cli(
        self, major: Major, name: str, texts: Sequence[str], dumped: list[str] | None = None
    ) -> tuple[process.CompletedProgram, State]:
        settings = self.make(f"{name}-{major}")
        write(settings, texts)
        with self.server.scratch(self.template) as database:
            done = self.push(major, settings, database)
            if dumped is not None:
                dumped += schema(self.server, database)
            return done, state(self.server, database)

    def by_replay(
        self, major: Major, name: str, texts: Sequence[str], dumped: list[str] | None = None
    ) -> tuple[MigrationError | None, State]:
        settings = self.make(f"{name}-{major}-replay")
        write(settings, texts)
        files = read(settings)
        with self.server.scratch(self.template) as database:
            failure = None
            with self.server.migrator(database) as connection:
                try:
                    for file in files:
                        last = file is files[-1]
                        replay.apply_file(
                            connection, file.text, version=file.version, name=file.name, major=major, last=last
                        )
                except MigrationError as error:
                    failure = error
                # Not to the end of the `with`: psycopg would commit what is open.
                connection.close()
            if dumped is not None:
                dumped += schema(self.server, database)
            return failure, state(self.server, database)


@pytest.fixture(scope="module")
def bench(make_project: Callable[..., Settings]) -> Iterator[Bench]:
    settings = make_project("bench")
    # What is compared is lost afterwards anyway, and this server does not wait for a disk.
    server = postgres.shadow(settings)
    yield Bench(server, postgres.platform_template(server, settings), make_project)


def test_the_corpus_is_large() -> None:
    assert len(corpus.RUNS) + len(corpus.FAILS) + len(corpus.DIFFERS) + len(corpus.OPEN) >= 300


@pytest.mark.parametrize("major", splitting.MAJORS)
def test_what_the_cli_applies_the_replay_applies_alike(bench: Bench, major: Major) -> None:
    texts = list(corpus.RUNS.values())
    there: list[str] = []
    here: list[str] = []
    pushed, theirs = bench.by_cli(major, "runs", texts, there)
    assert pushed.code == 0, pushed.output
    failure, ours = bench.by_replay(major, "runs", texts, here)
    assert failure is None, failure.as_json()
    named = dict(enumerate(["ground", *corpus.RUNS]))
    assert [(named[int(version)], found) for version, _, found in ours.history] == [
        (named[int(version)], found) for version, _, found in theirs.history
    ]
    assert len(ours.history) == len(texts) + 1
    assert ours.rows == theirs.rows
    assert here == there


def test_a_history_of_all_of_them_is_replayed_from_its_files(
    bench: Bench, make_project: Callable[..., Settings]
) -> None:
    settings = make_project("history")
    write(settings, list(corpus.RUNS.values()))
    server = postgres.shadow(settings)
    template = postgres.history_template(server, settings, read(settings))
    with server.scratch(template) as database:
        found = state(server, database)
    assert len(found.history) == len(corpus.RUNS) + 1
    assert found.rows["public.t0"] == ["(1,a;b)"]


@pytest.mark.parametrize("major", splitting.MAJORS)
def test_what_the_cli_refuses_the_replay_refuses_and_leaves_the_same(bench: Bench, major: Major) -> None:
    names = [f"fails{number}" for number in range(len(corpus.FAILS))]
    with ThreadPoolExecutor(3) as pool:
        pushes = pool.map(lambda one, text: bench.by_cli(major, one, [text]), names, corpus.FAILS.values())
        theirs = list(pushes)
    for number, (name, text) in enumerate(corpus.FAILS.items()):
        pushed, there = theirs[number]
        failure, here = bench.by_replay(major, names[number], [text])
        assert (name, pushed.code, failure is not None) == (name, 1, True), pushed.output
        assert (name, here) == (name, there)


@pytest.mark.parametrize("major", splitting.MAJORS)
@pytest.mark.parametrize("name", corpus.DIFFERS)
def test_the_dialect_is_that_of_the_cli_that_is_installed(bench: Bench, name: str, major: Major) -> None:
    text, *applies = corpus.DIFFERS[name]
    pushed, theirs = bench.by_cli(major, f"differs{list(corpus.DIFFERS).index(name)}", [text])
    failure, ours = bench.by_replay(major, f"differs{list(corpus.DIFFERS).index(name)}", [text])
    assert (pushed.code == 0) is applies[splitting.MAJORS.index(major)], pushed.output
    assert (failure is None) is (pushed.code == 0)
    assert ours == theirs


@pytest.mark.parametrize("major", splitting.MAJORS)
@pytest.mark.parametrize("name", corpus.OPEN)
def test_what_a_transaction_that_stays_open_loses_is_lost_here_too(bench: Bench, name: str, major: Major) -> None:
    number = list(corpus.OPEN).index(name)
    texts = [text.replace("§", "t0") for text in corpus.OPEN[name]]
    pushed, theirs = bench.by_cli(major, f"open{number}", texts)
    failure, ours = bench.by_replay(major, f"open{number}", texts)
    assert pushed.code == 0
    assert (failure is None) is (len(theirs.history) == len(texts) + 1)
    assert ours == theirs
