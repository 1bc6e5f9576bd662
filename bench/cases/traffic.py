"""How long a writer waits while a migration of a large table is applied: ours, and the same change written by hand."""

from __future__ import annotations

import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from bench.measure import MeasureError, Series, once
from bench.result import Result, results
from bench.schema import Column, Schema, build
from bench.workspace import INV, Project, Workspace
from supabase_tasks import postgres
from supabase_tasks.postgres import Server

CONSTANT = "longest wait of a writer: NOT NULL column with a constant"
ZONE = "longest wait of a writer: timestamp becomes timestamptz"
ROWS = 500_000
_WRITERS = 4
_PAUSE_SECONDS = 0.005
_BY_HAND = "three statements"
_REWRITTEN = "AT TIME ZONE"
# Writes the migration of a round, whose number it gets.
_Migration = Callable[[int], None]


@dataclass
class _Busy:
    """A project whose local database has a large table that is written to."""

    project: Project
    schema: Schema
    server: Server

    @property
    def table(self) -> str:
        return self.schema.tables[-1].name

    def push(self, write: _Migration, number: int) -> tuple[float, float]:
        """The longest wait of a writer in seconds while the migration that `write` makes is pushed; peak MiB of the push."""
        write(number)
        with _writers(self.server, self.table) as waits:
            _, peak, code, output = once([INV, "supabase-db-push-local"], self.project.folder, self.project.env)
        if code:
            raise MeasureError("a migration could not be pushed", cause=output[-2000:])
        return max(waits), peak

    def add_constant(self, number: int) -> None:
        """Ours: a NOT NULL column without a default, a constant for existing rows."""
        name = f"state_{number}"
        self._generate(Column(name, "text"), "--default", f"public.{self.table}.{name}='new'")

    def change_type(self, number: int) -> None:
        """Ours: a timestamp becomes one with a time zone."""
        self._generate(Column(f"seen_{number}", "timestamp", default="now()"))

    def add_in_three_steps(self, number: int) -> None:
        """The column, a value for every row, NOT NULL."""
        alter, name = f"alter table public.{self.table}", f"state_{number}"
        fill = f"update public.{self.table} set {name} = 'new';\n"
        self.project.add_migrations([f"{alter} add column {name} text;\n{fill}{alter} alter {name} set not null;\n"])

    def change_by_expression(self, number: int) -> None:
        """The type with an expression for the values, which PostgreSQL applies to every row."""
        name = f"seen_{number}"
        change = f"alter column {name} type timestamptz using {name} at time zone 'UTC'"
        self.project.add_migrations([f"alter table public.{self.table} {change};\n"])

    def _generate(self, column: Column, *options: str) -> None:
        self.schema = self.schema.with_columns(column)
        self.project.rewrite(self.schema)
        self.project.inv("schema-generate", "--name", column.name, *options)


def run(work: Workspace, rows: int = ROWS, rounds: int = 3) -> list[Result]:
    """Both changes on tables of `rows` rows with four indexes."""
    ours, theirs = (_busy(work, f"traffic-{who}", rows, rounds) for who in ("ours", "hand"))
    constant = {"ours": (ours, ours.add_constant), _BY_HAND: (theirs, theirs.add_in_three_steps)}
    zone = {"ours": (ours, ours.change_type), _REWRITTEN: (theirs, theirs.change_by_expression)}
    return results(CONSTANT, rows, _waits(constant, rounds)) + results(ZONE, rows, _waits(zone, rounds))


def _waits(contestants: Mapping[str, tuple[_Busy, _Migration]], rounds: int) -> dict[str, Series]:
    found: dict[str, list[tuple[float, float]]] = {who: [] for who in contestants}
    for number in range(rounds):
        for who, (busy, write) in contestants.items():
            found[who].append(busy.push(write, number))
    return {who: Series(tuple(wait for wait, _ in some), max(peak for _, peak in some)) for who, some in found.items()}


def _busy(work: Workspace, name: str, rows: int, rounds: int) -> _Busy:
    naive = (Column(f"seen_{number}", "naive", default="now()") for number in range(rounds))
    project = work.ours(name, 1, described=build(1).with_columns(*naive))
    project.inv("supabase-db-reset")
    os.environ.update(project.env)
    busy = _Busy(project, project.schema, postgres.local(project.settings))
    made = f"SELECT gen_random_uuid(), 'title ' || n FROM generate_series(1, {rows}) n"
    with busy.server.connect("postgres") as connection:
        connection.execute(f"INSERT INTO public.{busy.table} (owner_id, title) {made}".encode())
        connection.execute(f"ANALYZE public.{busy.table}".encode())
    return busy


@dataclass
class _Writer:
    """One client that changes a row at a time and notes how long each took."""

    server: Server
    table: str
    stop: threading.Event
    waits: list[float] = field(default_factory=list)

    def run(self) -> None:
        with self.server.connect("postgres") as connection:
            ids = [row[0] for row in connection.execute(f"SELECT id FROM public.{self.table} LIMIT 1000".encode())]
            change = f"UPDATE public.{self.table} SET position = position + 1 WHERE id = %s".encode()
            while not self.stop.is_set():
                began = time.perf_counter()
                connection.execute(change, (random.choice(ids),))
                self.waits.append(time.perf_counter() - began)
                time.sleep(_PAUSE_SECONDS)


@contextmanager
def _writers(server: Server, table: str) -> Iterator[list[float]]:
    """Writers while the block runs; the list has how long each change took, once it has ended."""
    stop = threading.Event()
    writers = [_Writer(server, table, stop) for _ in range(_WRITERS)]
    threads = [threading.Thread(target=writer.run) for writer in writers]
    found: list[float] = []
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        found += [wait for writer in writers for wait in writer.waits]
