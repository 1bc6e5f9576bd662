"""New versions for migrations that would land before one already merged, or that share a version."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.ledger.branch import Branch
from supabase_tasks.ledger.check import late, misnamed_files
from supabase_tasks.ledger.files import MigrationFile, next_version
from supabase_tasks.settings import Settings


@dataclass(frozen=True, slots=True)
class Move:
    """A migration file and the path it should have."""

    old: Path
    new: Path


def plan(settings: Settings, branch: Branch) -> tuple[Move, ...]:
    """The renames that put this branch's new migrations behind everything merged, in their present order.

    Empty when nothing has to move. Without a default branch only the later one of two with the same version moves; it also moves
    when both are merged, because no ledger can record its version.
    """
    wrong = {file.path for file in _wrong(settings, branch)}
    if not wrong:
        return ()
    new = {file.path for file in branch.new} if branch.base is not None else set()
    movable = [file for file in branch.present if file.path in wrong | new]
    settled = [file for file in (*branch.merged, *branch.present) if file not in movable]
    return tuple(_moves(settings, settled, movable, wrong))


def _wrong(settings: Settings, branch: Branch) -> Sequence[MigrationFile]:
    seen: set[str] = set()
    repeated = []
    for file in sorted(branch.present, key=lambda file: (file.version, file in branch.new, file.name)):
        if file.version in seen:
            repeated.append(file)
        seen.add(file.version)
    new = set(branch.new)
    found = (*late(branch), *repeated, *misnamed_files(settings, branch))
    return [file for file in found if file in new or file.path.name in branch.repeated]


def _moves(
    settings: Settings, settled: Sequence[MigrationFile], movable: Sequence[MigrationFile], wrong: set[Path]
) -> list[Move]:
    moves: list[Move] = []
    taken = sorted(settled, key=lambda file: file.version)
    for file in movable:
        if file.path not in wrong and (not taken or file.version > taken[-1].version):
            taken.append(file)
            continue
        version = next_version(settings, after=tuple(taken))
        path = file.path.with_name(f"{version}_{file.name}.sql")
        moves.append(Move(file.path, path))
        taken.append(MigrationFile(path, version, file.name))
    return moves


def apply(branch: Branch, moves: Sequence[Move]) -> None:
    """Rename the files, last first so that none stands in another's way.

    Raises `MigrationError` when a name is taken.
    """
    for move in reversed(moves):
        if branch.repository is not None:
            branch.repository.move(move.old, move.new)
        else:
            move.old.rename(move.new)
