"""`migrations-check`: names, duplicates, order, and what git says may no longer change. No parser, no database."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from supabase_tasks.ledger import squashed
from supabase_tasks.ledger.branch import Branch, read
from supabase_tasks.ledger.files import MigrationFile, parse_name, passed_over
from supabase_tasks.settings import Settings

RENUMBER = "inv migrations-renumber"
_TIMESTAMP_DIGITS = 14


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one migration file (`file` is its name), and the command or edit that repairs it."""

    code: str
    file: str
    message: str
    next_step: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems found, the number of files looked at and the branch compared with (None: git had nothing to say)."""

    problems: tuple[Problem, ...]
    files: int
    against: str | None


def check_ledger(settings: Settings, against: str | None = None) -> Checked:
    """Every problem of the project's migrations. Raises `MigrationError` when `against` is an unknown ref."""
    branch = read(settings, against)
    found = (
        *_names(settings),
        *_duplicates(branch),
        *_order(branch),
        *_naming(settings, branch),
        *_immutable(settings, branch),
        *_overtaken(branch),
    )
    return Checked(found, len(branch.present), branch.base.name if branch.base else None)


def naming_of(version: str) -> str:
    """`timestamp` for the 14 digits that the CLI writes (YYYYMMDDHHMMSS), `index` for anything shorter or longer."""
    return "timestamp" if len(version) == _TIMESTAMP_DIGITS else "index"


def _names(settings: Settings) -> Iterator[Problem]:
    if not settings.migrations.is_dir():
        return
    for path in sorted(settings.migrations.iterdir()):
        if path.suffix.lower() == ".sql" and path.is_file() and parse_name(path) is None:
            yield Problem(
                "name",
                path.name,
                f"{path.name} is not a valid migration name, so the Supabase CLI ignores it",
                "rename it to <digits>_<name>.sql, or move it to another folder if it is not meant to be applied",
            )
    if passed := passed_over(path.name for path in settings.migrations.iterdir()):
        yield Problem(
            "passed-over",
            passed,
            f"{passed} is never applied: the Supabase CLI takes a first migration of that name for a baseline of its own",
            f"git mv {_shown(settings.migrations / passed)} {_shown(settings.migrations / _applied_name(passed))}",
        )


def _applied_name(passed: str) -> str:
    return passed.replace("_init.sql", "_initial.sql")


def _duplicates(branch: Branch) -> Iterator[Problem]:
    first: dict[str, MigrationFile] = {}
    for file in branch.present:
        other = first.setdefault(file.version, file)
        if other is not file:
            yield Problem(
                "duplicate",
                file.path.name,
                f"{file.path.name} has the version of {other.path.name}: the CLI records {file.version} once",
                RENUMBER,
            )


def _order(branch: Branch) -> Iterator[Problem]:
    for before, after in zip(branch.present, branch.present[1:], strict=False):
        if int(after.version) < int(before.version) and not _all_merged(branch, before, after):
            yield Problem(
                "order",
                after.path.name,
                f"{after.path.name} runs after {before.path.name}: versions are compared as text, not as numbers",
                f"give both the same number of digits ({RENUMBER} does it for new files)",
            )


def _naming(settings: Settings, branch: Branch) -> Iterator[Problem]:
    for file in misnamed(settings, branch):
        yield Problem(
            "mixed-naming",
            file.path.name,
            f"{file.path.name} is named by {naming_of(file.version)}, others here are not",
            f'{RENUMBER}, or set naming = "{naming_of(file.version)}" in [tool.supabase-tasks]',
        )


def misnamed(settings: Settings, branch: Branch) -> Sequence[MigrationFile]:
    """The new migrations that mix a second way of naming into the folder.

    After a merged timestamp only another timestamp can follow, whatever the setting says.
    """
    if len({naming_of(file.version) for file in branch.present}) < 2:
        return ()
    follows_timestamp = bool(branch.merged) and naming_of(branch.merged[-1].version) == "timestamp"
    wanted = "timestamp" if follows_timestamp else settings.naming
    return [file for file in branch.new if naming_of(file.version) != wanted]


def _all_merged(branch: Branch, *files: MigrationFile) -> bool:
    return all(file.path.name in branch.fork for file in files)


def _immutable(settings: Settings, branch: Branch) -> Iterator[Problem]:
    if branch.base is None:
        return
    where, folder = branch.base.name, settings.migrations
    for name in sorted(branch.edited):
        if parse_name(Path(name)) and name in branch.tip:
            yield Problem(
                "edited",
                name,
                f"{name} is on {where} and was edited: databases that already ran it will not pick up the change;"
                " put the change into a new migration",
                f"git checkout {branch.base.fork[:12]} -- {_shown(folder / name)}",
            )
    replaced = squashed.replaced(branch)
    for name in branch.deleted:
        if name not in replaced:
            yield _gone(branch, name, folder)


def _gone(branch: Branch, name: str, folder: Path) -> Problem:
    assert branch.base is not None
    renamed = branch.renamed_to(name)
    what = f"was renamed to {renamed}" if renamed else "was deleted"
    return Problem(
        "renamed" if renamed else "deleted",
        name,
        f"{name} is on {branch.base.name} and {what}: databases that have it would no longer match",
        f"git checkout {branch.base.fork[:12]} -- {_shown(folder / name)}"
        + (f" && git rm --force {_shown(folder / renamed)}" if renamed else ""),
    )


def _shown(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def _overtaken(branch: Branch) -> Iterator[Problem]:
    if branch.base is None or not branch.merged:
        return
    last = branch.merged[-1]
    for file in late(branch):
        yield Problem(
            "overtaken",
            file.path.name,
            f"{file.path.name} would run before {last.path.name}, which is already on {branch.base.name}",
            RENUMBER,
        )


def late(branch: Branch) -> Sequence[MigrationFile]:
    """The new migrations that do not sort after everything the default branch holds; a squash takes the place of files
    that were there and is never late."""
    if not branch.merged:
        return ()
    last, squashes = branch.merged[-1].version, squashed.valid(branch)
    renamed = {branch.renamed_to(name) for name in branch.deleted}
    return [file for file in branch.new if file.version <= last and file.path.name not in {*squashes, *renamed}]
