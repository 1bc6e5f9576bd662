"""What the targets have applied of the migrations to be squashed, and the repair of their ledgers in the same step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from supabase_tasks import command_line, wording
from supabase_tasks.errors import EnvironmentMissingError, GuardError, SettingsError
from supabase_tasks.guard import statements
from supabase_tasks.ledger.files import MigrationFile
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.flow.targets.hosted_target import HostedTarget


@dataclass(frozen=True, slots=True)
class AppliedTarget:
    """A target that has run all of the migrations to be squashed, as its ledger says statement by statement."""

    target: str
    versions: tuple[str, ...]


def check_targets(
    settings: Settings, replaced: Sequence[MigrationFile], *, repair: Collection[str], fresh: Collection[str]
) -> tuple[AppliedTarget, ...]:
    """The targets whose ledgers have to be repaired: those of `repair`, checked.

    `fresh` names targets that need not be asked, because they have run nothing. Raises `GuardError` for a target that
    has run some and is not to be repaired, has run only some, or cannot be asked; `SettingsError` for an unknown name.
    """
    for name in (*repair, *fresh):
        settings.target(name)
    if both := sorted({*repair} & {*fresh}):
        raise SettingsError(f"{both[0]} cannot be both repaired and fresh")
    asked = [target.name for target in settings.targets if target.name not in fresh]
    for applied in (found := _applied_targets(settings, asked, replaced)):
        if applied.versions and applied.target not in repair:
            raise GuardError(
                f"{applied.target} has run {len(applied.versions)} of the migrations to be squashed",
                cause="its ledger would name files that no longer exist",
                next_step=command_line.listing("--repair", applied.target, "inv migrations-squash"),
                code="squash-applied",
                data={"target": applied.target, "versions": list(applied.versions)},
            )
    return tuple(applied for applied in found if applied.versions)


def _applied_targets(
    settings: Settings, asked: Sequence[str], replaced: Sequence[MigrationFile]
) -> list[AppliedTarget]:
    unknown: dict[str, EnvironmentMissingError] = {}
    found = []
    for name in asked:
        try:
            found.append(_applied_target(settings, name, replaced))
        except EnvironmentMissingError as error:
            unknown[name] = error
    if unknown:
        first = next(iter(unknown.values()))
        raise GuardError(
            f"whether {wording.alternatives(list(unknown))} has run them is not known",
            cause="\n".join(f"{error.message}; {error.cause}" for error in unknown.values()),
            next_step=first.next_step,
            # Where they have run none of them.
            others=(command_line.listing("--fresh", ",".join(unknown), "inv migrations-squash"),),
            code="squash-unknown",
        ) from first
    return found


def _applied_target(settings: Settings, name: str, replaced: Sequence[MigrationFile]) -> AppliedTarget:
    from supabase_tasks.flow.targets import hosted_target

    rows = {row.version: row for row in hosted_target.rows_of(settings, name)}
    there = [file for file in replaced if file.version in rows]
    if there and len(there) < len(replaced):
        raise GuardError(
            f"{name} has run {len(there)} of the {wording.count(len(replaced), 'migration')} to be squashed",
            cause=f"it lacks {', '.join(file.path.name for file in replaced if file not in there)[:300]}",
            next_step=f"inv supabase-db-push-{name}",
            others=(command_line.with_options(("--to", there[-1].version), "inv migrations-squash"),),
            code="squash-partly-applied",
        )
    _refuse_unrecorded(name, [file for file in there if rows[file.version].statements is None])
    edited = [file for file in there if not statements.matches_history(file.text, rows[file.version].statements)]
    if edited:
        raise GuardError(
            f"{name} ran other text than {edited[0].path.name} has now",
            cause="a squash of the files would not be what this target holds",
            next_step="inv supabase-status",
            code="squash-edited",
        )
    return AppliedTarget(name, tuple(file.version for file in there))


def _refuse_unrecorded(name: str, files: Sequence[MigrationFile]) -> None:
    if files:
        raise GuardError(
            f"{name} did not record what it ran as {files[0].path.name}",
            cause="whether a squash of the files would be what this target holds cannot be told",
            next_step=f"inv supabase-migration-repair-{name} --status applied --version {files[0].version}",
            code="squash-unrecorded",
        )


def repair(
    settings: Settings, applied: AppliedTarget, confirm: Callable[[HostedTarget], None], on_line: Callable[[str], None]
) -> None:
    """Make the target's ledger say what the squash says: its version with its text, and none of the others.

    The files must be in place. `confirm` shows the change and raises when it is not wanted. Raises what the guard and
    the CLI raise.
    """
    from supabase_tasks.flow.targets import repair as repairing
    from supabase_tasks.flow.targets import session

    *gone, kept = applied.versions
    with session.open_by_url(settings, applied.target, on_line=on_line) as opened:
        confirm(opened.hosted)
        for versions, status in (([kept], "applied"), (gone, "reverted")):
            planned = repairing.plan(opened.hosted, versions, cast(repairing.Status, status))
            repairing.execute(opened, planned)
