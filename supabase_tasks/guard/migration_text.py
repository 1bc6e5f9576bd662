"""What no migration may be that is about to run on a hosted database: refused when the push or reset is planned.

Only files that have not run there are looked at. What ran before these rules existed stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from supabase_tasks.errors import GuardError
from supabase_tasks.ledger import history_writes, splitting, transactions
from supabase_tasks.ledger.files import MigrationFile

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file: its line (from 1), a word for the kind, what it is and what to do about it."""

    file: MigrationFile
    line: int
    kind: str
    message: str
    advice: str

    def __str__(self) -> str:
        return f"{self.file.path.name}:{self.line}: {self.message}"

    def as_json(self) -> dict[str, object]:
        return {"file": self.file.path.name, "line": self.line, "kind": self.kind, "message": self.message}


def refuse(target: str, pending: Sequence[MigrationFile], files: Sequence[MigrationFile]) -> None:
    """Raises `GuardError` for faults in `pending`, all at once; `files` are all of the project, where procedures that
    are called may be created."""
    found = faults(pending, files)
    if not found:
        return
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    raise GuardError(
        f"a hosted database does not take {first}{more}: nothing was run on {target}",
        cause="\n".join(f"{fault}; {fault.advice}" for fault in found),
        next_step=f"edit {first.file.path}, line {first.line}; on a target that has run the file, record it anew: inv"
        f" supabase-migration-repair-TARGET --status applied --version {first.file.version}",
        code="migration-text",
        data={"faults": [fault.as_json() for fault in found]},
    )


def faults(pending: Sequence[MigrationFile], files: Sequence[MigrationFile]) -> tuple[Fault, ...]:
    """Everything in `pending` that a hosted database does not take, by file and line."""
    return tuple(fault for file in pending for fault in sorted(_of(file, files), key=lambda one: (one.line, one.kind)))


def _of(file: MigrationFile, files: Sequence[MigrationFile]) -> Iterator[Fault]:
    try:
        # Both majors leave out a byte order mark at the beginning, so it is in no statement.
        text = file.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = file.data.count(b"\n", 0, error.start) + 1
        yield Fault(file, line, "encoding", "is not UTF-8: the CLI runs another text", "save the file as UTF-8")
        return
    yield from _characters(file, text)
    if not splitting.split(text):
        yield Fault(file, 1, "empty", "holds no statement", "write one, or take the file away")
    for check in _CHECKS:
        yield from check(file, text, files)


def _characters(file: MigrationFile, text: str) -> Iterator[Fault]:
    for character, name in ((_BOM, "a byte order mark"), ("\0", "a NUL character")):
        at = text.find(character)
        if at >= 0:
            advice = "save the file as UTF-8 without it"
            yield Fault(file, _line(text, at), "character", f"holds {name}", advice)


def _cut(file: MigrationFile, text: str, files: Sequence[MigrationFile]) -> Iterator[Fault]:
    """What one major of the CLI runs, and records, must be what the other does."""
    two, three = (splitting.split(text, major) for major in splitting.MAJORS)
    if two != three:
        at = next((one.offset for one, other in zip(two, three, strict=False) if one != other), 0)
        message = "is cut into other statements by the CLI's 2.x than by its 3.x"
        yield Fault(file, _line(text, at), "cut", message, "write its block comment without `/*/` and `*/*`")


def _history(file: MigrationFile, text: str, files: Sequence[MigrationFile]) -> Iterator[Fault]:
    for offset in history_writes.find_writes(text):
        message = f"reaches for the migration history ({history_writes.SCHEMA}), which only the CLI writes"
        advice = f"take it out; another table of that name is written with its schema (public.{history_writes.TABLE})"
        yield Fault(file, _line(text, offset), "history", message, advice)


def _transaction(file: MigrationFile, text: str, files: Sequence[MigrationFile]) -> Iterator[Fault]:
    for found in transactions.breaks(text, _Texts(files)):
        yield Fault(file, _line(text, found.offset), "transaction", found.message, found.advice)


_CHECKS: tuple[Callable[[MigrationFile, str, Sequence[MigrationFile]], Iterator[Fault]], ...] = (
    _cut,
    _history,
    _transaction,
)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of files, read when something asks for them: most migrations call no procedure."""

    files: Sequence[MigrationFile]

    def __iter__(self) -> Iterator[str]:
        return (file.data.decode(errors="replace") for file in self.files)


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
