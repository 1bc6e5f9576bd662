"""A target's ledger against the files: what is wrong, each with the command that repairs it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import Any

from supabase_tasks.errors import GuardError
from supabase_tasks.guard.history import Entry, History

_WORDS = {
    "edited": "was edited after it ran there",
    "missing": "was applied there, but the file is missing here",
    "out-of-order": "is older than the last one that ran there",
    "unrecorded": "ran there, but what it ran is not recorded",
    "pending": "has not run there",
    "applied": "has run there",
    "renamed": "ran there; its file is now {now}",
}


def describe(target: str, entry: Entry) -> str:
    """One line: the migration and its state on the target."""
    form = " (other comments or blanks only)" if entry.form_only else ""
    now = entry.now.path.name if entry.now else ""
    return f"{entry.title} {_WORDS[entry.state].format(now=now)}{form}"


def repairs(target: str, entry: Entry) -> tuple[str, ...]:
    """The commands that repair an entry, the usual one first; each says when it is the right one."""
    task = f"inv supabase-migration-repair-{target}"
    # It may be whatever somebody wrote into the target's ledger, and this is for a shell.
    version = shlex.quote(entry.version)
    commands: dict[str, tuple[str, ...]] = {
        "renamed": (_rename(task, entry),),
        "edited": (
            f"{task} --fetch {version}   # puts the file back as it ran; new changes go into a new migration",
            f"{task} --status applied --version {version}   # only when the file is what the database really has",
        ),
        "missing": (
            "git pull   # somebody else may have pushed it",
            f"{task} --fetch {version}   # writes the file as it ran there",
            f"{task} --status reverted --version {version}   # only when its changes were undone there",
        ),
        "out-of-order": (
            "inv migrations-renumber   # moves it behind the ones that ran",
            f"inv supabase-db-push-{target} --include-all   # only when its order does not matter",
        ),
        "unrecorded": (f"{task} --status applied --version {version}   # records the file's statements",),
        "pending": (f"inv supabase-db-push-{target}",),
    }
    return commands.get(entry.state, ())


def _rename(task: str, entry: Entry) -> str:
    """All renamed versions at once: one at a time would forget in between what ran."""
    new = sorted(now for _, now in entry.renames)
    old = sorted({version for version, _ in entry.renames} - {*new})
    record = f"{task} --status applied --version {shlex.quote(','.join(new))}"
    # What ran under an old version that another file has now is not what that file says.
    forget = f" && {task} --status reverted --version {shlex.quote(','.join(old))}" if old else ""
    return f"{record}{forget}   # records what ran under the new names; no SQL runs"


def require_consistent_history(target: str, history: History, *, include_all: bool = False) -> None:
    """Raises `GuardError` for edited, missing or (without `include_all`) out-of-order migrations, all at once."""
    found = [entry for entry in history.problems if not (include_all and entry.state == "out-of-order")]
    if not found:
        return
    raise GuardError(
        f"{target} and supabase/migrations do not match in {len(found)} migration{'s' * (len(found) > 1)}",
        cause="\n".join(line for entry in found for line in lines(target, entry)),
        next_step=repairs(target, found[0])[0].partition("   # ")[0],
        code="history-mismatch",
        data={"entries": [as_json(target, entry) for entry in found]},
    )


def lines(target: str, entry: Entry) -> Sequence[str]:
    """What is wrong with an entry, the change for an edited one, and each repair."""
    changed = [f"    {line}" for line in entry.difference.splitlines()[:12]]
    commands = repairs(target, entry)
    choose = ["  choose one:" if len(commands) > 1 else "  to repair it:"] if commands else []
    return [describe(target, entry), *changed, *choose, *(f"    {command}" for command in commands)]


def as_json(target: str, entry: Entry) -> dict[str, Any]:
    """`version`, `file`, `state`, `repairs` and, for an edited one, `difference`."""
    return {
        "version": entry.version,
        "file": entry.title,
        "state": entry.state,
        "repairs": list(repairs(target, entry)),
        **({"difference": entry.difference} if entry.difference else {}),
    }
