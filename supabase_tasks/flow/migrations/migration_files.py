"""Keeping the migration folder: check it, add an empty migration, renumber a branch's migrations."""

from __future__ import annotations

from pathlib import Path

from supabase_tasks.errors import MigrationError
from supabase_tasks.files import write_atomic
from supabase_tasks.ledger import branch as branches
from supabase_tasks.ledger import renumber as renumbering
from supabase_tasks.ledger.check import CheckResult, check_ledger
from supabase_tasks.ledger.files import in_order, next_path
from supabase_tasks.settings import Settings


def check(settings: Settings, against: str | None = None) -> CheckResult:
    """What is wrong with the names, the order or the immutability of the migrations.

    Compares with the default branch or the ref `against`. Raises `MigrationError` when that is unknown.
    """
    return check_ledger(settings, against)


def new(settings: Settings, name: str) -> Path:
    """Write an empty migration called `name` behind everything here and on the default branch, and return its path."""
    if not any(character.isalnum() for character in name):
        raise MigrationError(
            "the migration needs a name", next_step="inv migrations-new --name add-audit-log", code="no-name"
        )
    branch = branches.read(settings)
    taken = {file.path.name: file for file in (*branch.merged, *branch.present)}
    path = next_path(settings, name, after=in_order(taken.values()))
    write_atomic(path, _empty(settings), exclusive=True)
    return path


# RESET ALL runs before each file (reference: the CLI), so a timeout has to be set in the file itself.
def _empty(settings: Settings) -> str:
    return f"set lock_timeout = '{settings.lock_timeout}';\n\n"


def renumber(settings: Settings, *, dry_run: bool = False) -> tuple[renumbering.Move, ...]:
    """Put this branch's migrations behind everything merged; returns the renames (none are done with `dry_run`).

    Raises `MigrationError` where there is no git repository to say what is merged, and no version stands twice.
    """
    branch = branches.read(settings)
    moves = renumbering.plan(settings, branch)
    if not moves and branch.repository is None:
        raise MigrationError(
            "this is not a git repository: nothing to compare the versions with",
            cause="migrations-renumber puts a branch's migrations behind those of the default branch",
            next_step="git init",
            code="no-git",
        )
    if moves and not dry_run:
        renumbering.apply(branch, moves)
    return moves
