"""The ledger of a target against the files: what is applied, pending, edited, missing here, out of order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from supabase_tasks.guard import statements
from supabase_tasks.ledger import history_table
from supabase_tasks.ledger.files import MigrationFile

if TYPE_CHECKING:
    import psycopg

State = Literal["applied", "pending", "edited", "missing", "out-of-order", "unrecorded", "renamed"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `supabase_migrations.schema_migrations`; `statements` is None where nothing was recorded,
    and empty for a file that had no statement."""

    version: str
    name: str
    statements: tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One version: `unrecorded` means applied, but the target does not say what ran; `renamed` that what ran is the text of
    a file that has another version by now (`now`). `renames` are all such versions of the target, old to new."""

    version: str
    state: State
    file: MigrationFile | None = None
    row: Row | None = None
    now: MigrationFile | None = None
    renames: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The file's name, or what it would be called."""
        if self.file and self.state != "renamed":
            return self.file.path.name
        return f"{self.version}_{self.row.name}.sql" if self.row and self.row.name else self.version

    @property
    def difference(self) -> str:
        """For an edited migration: what ran against what the file says; else empty."""
        if self.state != "edited" or not self.file or not self.row:
            return ""
        return statements.difference(self.file.text, self.row.statements or ())

    @property
    def form_only(self) -> bool:
        """For an edited migration: whether only its comments and blanks are other ones."""
        if self.state != "edited" or not self.file or not self.row:
            return False
        return statements.differs_in_form_only(self.file.text, self.row.statements or ())


@dataclass(frozen=True, slots=True)
class History:
    """Every version known to the files or the target, in the CLI's order (as text)."""

    entries: tuple[Entry, ...]

    def of(self, *states: State) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.state in states)

    @property
    def pending(self) -> tuple[MigrationFile, ...]:
        """What a push would run, in order."""
        return tuple(entry.file for entry in self.of("pending") if entry.file)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(entry.row for entry in self.entries if entry.row)

    @property
    def problems(self) -> tuple[Entry, ...]:
        """What a push may not pass over."""
        return self.of("renamed", "edited", "missing", "out-of-order")


def read(connection: psycopg.Connection) -> tuple[Row, ...]:
    """The target's ledger, oldest first; empty when nothing was ever pushed (the table does not exist)."""
    if not history_table.exists(connection):
        return ()
    columns = _columns(connection)
    found = connection.execute(
        f"select version, {columns['name']}, {columns['statements']}"
        ' from supabase_migrations.schema_migrations order by version collate "C"'
    ).fetchall()
    return tuple(Row(version, name or "", _recorded_statements(ran)) for version, name, ran in found)


# The CLI writes no NULL into the list; one that is there equals no statement.
def _recorded_statements(statements: Sequence[str | None] | None) -> tuple[str, ...] | None:
    return None if statements is None else tuple(one or "" for one in statements)


# Projects that an old CLI set up have a table with `version` alone until a newer one alters it.
def _columns(connection: psycopg.Connection) -> dict[str, str]:
    found = connection.execute(
        "select attname from pg_attribute where attrelid = 'supabase_migrations.schema_migrations'::regclass"
        " and attnum > 0 and not attisdropped"
    ).fetchall()
    names = {name for (name,) in found}
    return {name: name if name in names else "null" for name in ("name", "statements")}


def compare(files: Sequence[MigrationFile], rows: Sequence[Row]) -> History:
    """Each version's state. A file that the target lacks is out of order when the target has a later version: the
    CLI then refuses to push."""
    by_file = {file.version: file for file in files}
    by_row = {row.version: row for row in rows}
    last = max(by_row, default="")
    versions = sorted({*by_file, *by_row})
    found = [
        Entry(version, _state(version, file, row, last), file, row)
        for version, file, row in ((one, by_file.get(one), by_row.get(one)) for one in versions)
    ]
    moved = _moved_files(found)
    renames = tuple((version, file.version) for version, file in moved.items())
    return History(
        tuple(
            replace(entry, state="renamed", now=moved[entry.version], renames=renames)
            if entry.version in moved
            else entry
            for entry in found
        )
    )


def _moved_files(entries: Sequence[Entry]) -> dict[str, MigrationFile]:
    """The versions whose text is, statement by statement, that of one file that has another version and has not run under
    it: a colleague's file took the version, and `migrations-renumber` gave another one."""
    wanting = [
        entry for entry in entries if entry.state in ("edited", "missing") and entry.row and entry.row.statements
    ]
    if not wanting:
        return {}
    unrun = [entry.file for entry in entries if entry.file and entry.state in ("pending", "out-of-order", "edited")]
    found = {}
    for entry in wanting:
        ran_there = entry.row.statements if entry.row else None
        same = [
            file for file in unrun if file.version != entry.version and statements.matches_history(file.text, ran_there)
        ]
        if len(same) == 1:
            found[entry.version] = same[0]
    return found


def _state(version: str, file: MigrationFile | None, row: Row | None, last: str) -> State:
    if file is None:
        return "missing"
    if row is None:
        return "out-of-order" if version < last else "pending"
    if row.statements is None:
        return "unrecorded"
    return "applied" if statements.matches_history(file.text, row.statements) else "edited"
