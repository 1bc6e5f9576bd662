"""Whether a path is ours alone: what is kept or executed there cannot have been put there by another user."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

_LINKS = 40
_ROOT = 0


@dataclass(frozen=True, slots=True)
class Intrusion:
    """A folder or link on the way that another user controls, and how (`belongs to …`, `can be written by others`)."""

    path: Path
    how: str
    ours: bool


def intrusion(path: Path) -> Intrusion | None:
    """The first component of `path` that lets another user decide what lies there; None when there is none.

    Every component below `/` is looked at, links and where they lead included. It has to belong to us or to root, and
    no other user may be able to write to it; a folder like /tmp (sticky: only the owner of an entry renames or removes it)
    may be on the way. What does not exist yet is ours to make. None as well on systems without numeric users.
    """
    if not hasattr(os, "geteuid"):
        return None
    me, links = os.geteuid(), 0
    here, rest = Path("/"), [part for part in path.absolute().parts[1:] if part != "."]
    while rest:
        part = rest.pop(0)
        if part == "..":
            here = here.parent
            continue
        step = here / part
        try:
            facts = step.lstat()
        except OSError:
            return None
        found = _of(step, facts, me, last=not rest)
        if found is not None:
            return found
        if not stat.S_ISLNK(facts.st_mode):
            here = step
            continue
        links += 1
        if links > _LINKS:
            return Intrusion(step, "is one of too many links", ours=False)
        target = step.readlink()
        here = Path("/") if target.is_absolute() else here
        rest = [*(target.parts[1:] if target.is_absolute() else target.parts), *rest]
    return None


def _of(path: Path, facts: os.stat_result, me: int, *, last: bool) -> Intrusion | None:
    if facts.st_uid not in (_ROOT, me):
        return Intrusion(path, f"belongs to {_user(facts.st_uid)}", ours=False)
    if not stat.S_ISDIR(facts.st_mode):
        return None
    passing = bool(facts.st_mode & stat.S_ISVTX) and not last
    if passing or not _written_by_others(facts, me):
        return None
    return Intrusion(path, "can be written by other users", ours=facts.st_uid == me)


def _written_by_others(facts: os.stat_result, me: int) -> bool:
    if facts.st_mode & stat.S_IWOTH:
        return True
    return bool(facts.st_mode & stat.S_IWGRP) and not _alone(facts.st_gid, me)


def _alone(group: int, me: int) -> bool:
    """Whether a group is root's, or a user's private one: named like the user, with no other member (the default of many
    distributions, together with a umask of 002)."""
    if group == _ROOT:
        return True
    import grp
    import pwd

    try:
        entry, user = grp.getgrgid(group), pwd.getpwuid(me)
    except KeyError:
        return False
    return user.pw_gid == group and entry.gr_name == user.pw_name and set(entry.gr_mem) <= {user.pw_name}


def _user(uid: int) -> str:
    import pwd

    try:
        return f"the user {pwd.getpwuid(uid).pw_name}"
    except KeyError:
        return f"the user {uid}"
