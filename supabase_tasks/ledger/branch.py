"""The migrations of this branch compared with those of the default branch."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from supabase_tasks import command_line
from supabase_tasks.errors import MigrationError
from supabase_tasks.ledger.files import MigrationFile, in_order, listing, parse_name, passed_over
from supabase_tasks.ledger.git import Base, Repository, blob_id, repository
from supabase_tasks.settings import Settings


@dataclass(frozen=True)
class Branch:
    """`present`: the work tree's migrations. `fork`, `tip`: name → blob id where this branch left the default branch,
    and on the default branch now. `edited`: present files whose content differs from the fork's. `untracked`: files of the
    fork that the next commit takes out of git, though they may be present."""

    present: tuple[MigrationFile, ...]
    repository: Repository | None = None
    base: Base | None = None
    fork: Mapping[str, str] = field(default_factory=dict)
    tip: Mapping[str, str] = field(default_factory=dict)
    edited: frozenset[str] = frozenset()
    untracked: frozenset[str] = frozenset()

    @property
    def merged(self) -> tuple[MigrationFile, ...]:
        """What the default branch holds now, in order (the files need not be in the work tree)."""
        folder = self.present[0].path.parent if self.present else Path()
        passed = passed_over(self.tip)
        found = (parse_name(folder / name) for name in self.tip if name != passed)
        return in_order(file for file in found if file is not None)

    @property
    def new(self) -> tuple[MigrationFile, ...]:
        """The present migrations that the default branch has never had, in order; all of them without a base."""
        return tuple(file for file in self.present if file.path.name not in {*self.fork, *self.tip})

    @property
    def deleted(self) -> tuple[str, ...]:
        """Names of the migrations that were there at the fork and are gone, in order; untouched ones that the default
        branch itself has dropped since are not counted."""
        here = {file.path.name for file in self.present} - self.untracked
        passed = passed_over(self.fork)
        gone = (name for name in self.fork if name not in here and name in self.tip and name != passed)
        return tuple(sorted(name for name in gone if _counts(name)))

    @property
    def repeated(self) -> frozenset[str]:
        """Names of merged migrations whose version an earlier one of the default branch has: no ledger records it for them."""
        merged = self.merged
        return frozenset(
            second.path.name for first, second in itertools.pairwise(merged) if first.version == second.version
        )

    def renamed_to(self, name: str) -> str | None:
        """The new file that holds exactly what the deleted file `name` held at the fork, or None."""
        blob = self.fork[name]
        return next((file.path.name for file in self.new if blob_id(file.data, like=blob) == blob), None)


def _counts(name: str) -> bool:
    return parse_name(Path(name)) is not None


def read(settings: Settings, against: str | None = None) -> Branch:
    """The work tree's migrations compared with the default branch's, or with the ref `against`.

    Without git, a commit or a default branch only `present` is filled. Raises `MigrationError` for an unknown or empty ref.
    """
    if against is not None and not against.strip():
        raise MigrationError(
            "--against names no branch or commit: it is empty",
            cause="a CI variable that is not set (the first push of a branch, a run by hand) gives an empty one",
            next_step=f"give the ref that is meant, or leave --against out, then: {_without_ref(against)}",
            code="unknown-ref",
        )
    present = listing(settings)
    found = repository(settings.migrations)
    if against is not None and found is None:
        raise MigrationError(
            f"there is no git repository to look for {against} in",
            next_step=f"run it inside of the repository, or leave --against out, then: {_without_ref(against)}",
            code="unknown-ref",
        )
    base = found.base(against) if found else None
    if found is None or base is None:
        return Branch(present, found)
    fork = found.files(base.fork, settings.migrations)
    tip = fork if base.tip == base.fork else found.files(base.tip, settings.migrations)
    edited, untracked = (ask(base.fork, settings.migrations) for ask in (found.changed_files, found.removed_files))
    return Branch(present, found, base, fork, tip, edited, untracked)


def _without_ref(against: str) -> str:
    return command_line.without("--against", against, "inv migrations-check")
