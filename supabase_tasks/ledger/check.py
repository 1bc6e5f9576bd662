"""`migrations-check`: names, duplicates, order, and what git says may no longer change. No parser, no database."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from supabase_tasks.files import from_here
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
class CheckResult:
    """The problems found, the number of files looked at and the branch compared with (None: there is none; `in_git`
    says whether there is a repository at all). `notes` are what a person should know and nothing has to be done about."""

    problems: tuple[Problem, ...]
    files: int
    against: str | None
    in_git: bool = True
    notes: tuple[str, ...] = ()


def check_ledger(settings: Settings, against: str | None = None) -> CheckResult:
    """Every problem of the project's migrations. Raises `MigrationError` when `against` is an unknown ref."""
    branch = read(settings, against)
    found = (
        *_names(settings),
        *_conflicts(branch),
        *_duplicates(branch),
        *_order(branch),
        *_naming(settings, branch),
        *_immutable(settings, branch),
        *_overtaken(branch),
    )
    against = branch.base.name if branch.base else None
    return CheckResult(
        found, len(branch.present), against, in_git=branch.repository is not None, notes=tuple(_notes(branch))
    )


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
            f"git mv {from_here(settings.migrations / passed)} {from_here(settings.migrations / _applied_name(passed))}",
        )


def _applied_name(passed: str) -> str:
    return passed.replace("_init.sql", "_initial.sql")


# What git leaves in a file that two branches changed; the middle one alone is also a line of a comment.
_CONFLICT = re.compile(r"^(<<<<<<<|>>>>>>>)( |$)", re.MULTILINE)


def _unmerged_files(branch: Branch) -> Iterator[tuple[MigrationFile, str]]:
    """The files that the default branch does not have as they are, and what is in them."""
    for file in branch.present:
        if file.path.name not in branch.tip or file.path.name in branch.edited:
            yield file, file.data.decode(errors="replace")


def _notes(branch: Branch) -> Iterator[str]:
    for file, text in _unmerged_files(branch):
        if not text.strip():
            yield f"{file.path.name} is empty: it changes nothing, and its version is taken"


def _conflicts(branch: Branch) -> Iterator[Problem]:
    for file, text in _unmerged_files(branch):
        if marker := _CONFLICT.search(text):
            line = text.count("\n", 0, marker.start()) + 1
            message = f"{file.path.name}:{line} has a conflict marker of git"
            yield Problem(
                "conflict", file.path.name, message, f"keep one side of the conflict in {from_here(file.path)}"
            )


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
    for file in misnamed_files(settings, branch):
        yield Problem(
            "mixed-naming",
            file.path.name,
            f"{file.path.name} is named by {naming_of(file.version)}, others here are not",
            f'{RENUMBER}, or set naming = "{naming_of(file.version)}" in [tool.supabase-tasks]',
        )


def misnamed_files(settings: Settings, branch: Branch) -> Sequence[MigrationFile]:
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
                f"git checkout {branch.base.fork[:12]} -- {from_here(folder / name)}",
            )
    replaced = squashed.replaced_files(branch)
    for name in branch.deleted:
        if name not in replaced and not (name in branch.repeated and branch.renamed_to(name)):
            yield _gone_file(branch, name, folder)


def _gone_file(branch: Branch, name: str, folder: Path) -> Problem:
    assert branch.base is not None
    renamed = branch.renamed_to(name)
    what = f"was renamed to {renamed}" if renamed else "was deleted"
    return Problem(
        "renamed" if renamed else "deleted",
        name,
        f"{name} is on {branch.base.name} and {what}: databases that have it would no longer match",
        f"git checkout {branch.base.fork[:12]} -- {from_here(folder / name)}"
        + (f" && git rm --force {from_here(folder / renamed)}" if renamed else ""),
    )


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
