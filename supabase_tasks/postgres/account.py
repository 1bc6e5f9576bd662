"""The operating-system user that PostgreSQL runs as: ourselves, or an unprivileged one when we are root."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from supabase_tasks import command_line
from supabase_tasks.errors import DatabaseError
from supabase_tasks.files import replace_file

# PostgreSQL refuses to run as root (src/backend/main/main.c, check_root); containers and CI often are root.
_CANDIDATES = ("postgres", "nobody")
_PASSED_THROUGH = 0o710


@dataclass(frozen=True, slots=True)
class Account:
    """An unprivileged user: its name and numeric ids."""

    name: str
    uid: int
    gid: int


@lru_cache(maxsize=1)
def server_account() -> Account | None:
    """The user to run PostgreSQL as, or None for "as ourselves".

    Raises `DatabaseError` when we are root and the machine, or the user namespace, has no unprivileged user.
    """
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    import pwd

    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return _require_in_namespace(Account(name, entry.pw_uid, entry.pw_gid))
    raise DatabaseError(
        "PostgreSQL does not run as root, and there is no unprivileged user to run it as",
        cause=f"none of these users exists: {', '.join(_CANDIDATES)}",
        next_step="useradd --system --no-create-home postgres",
    )


def _require_in_namespace(user: Account) -> Account:
    """`user`, if this user namespace has it: `unshare --map-root-user`, and containers of one user, have root alone."""
    if _maps(Path("/proc/self/uid_map"), user.uid) and _maps(Path("/proc/self/gid_map"), user.gid):
        return user
    inside = "unshare --user --map-user=1000 --map-group=1000 --"
    again = command_line.again()
    raise DatabaseError(
        "PostgreSQL does not run as root, and this user namespace has no other user",
        cause=f"neither files nor processes can belong to {user.name} here: /proc/self/uid_map and gid_map lack its number",
        next_step=f"{inside} {again}" if again else "run it as a user of your own, outside of the namespace",
        code="namespace-of-root",
    )


def _maps(path: Path, number: int) -> bool:
    try:
        lines = [[*map(int, line.split())] for line in path.read_text().splitlines()]
    except OSError:
        # No Linux: no namespaces.
        return True
    return any(first <= number < first + count for first, _, count in lines)


def require_name() -> None:
    """Raises `DatabaseError` when this process's user has no name: initdb asks for it, and `docker --user 1234` gives none."""
    if not hasattr(os, "geteuid") or os.geteuid() == 0:
        return
    import pwd

    number = os.geteuid()
    try:
        pwd.getpwuid(number)
    except KeyError:
        raise DatabaseError(
            f"PostgreSQL cannot be set up by the user {number}: this machine has no user of that number",
            cause="initdb looks its user up by number (/etc/passwd)",
            next_step=f"as root: useradd --uid {number} --no-create-home developer; or run it as a user that there is",
            code="nameless-user",
        ) from None


def uid() -> int | None:
    """The numeric id for `process.run(uid=…)`."""
    user = server_account()
    return user.uid if user else None


def give(path: Path) -> None:
    """Make `path` (one file or folder, not its content) belong to the user PostgreSQL runs as."""
    user = server_account()
    if user is not None:
        os.lchown(path, user.uid, user.gid)


def give_open(descriptor: int) -> None:
    """The same for an open file, in a folder whose files that user may replace at any moment."""
    user = server_account()
    if user is not None:
        os.fchown(descriptor, user.uid, user.gid)


def admit(root: Path, folder: Path) -> None:
    """Let the user PostgreSQL runs as pass through `root` and every folder below it down to `folder`, by its group: it
    lists none of them, and no other user gets in. Nothing to do when it is ourselves.

    A `root` that others may enter already is left as it is.
    """
    user = server_account()
    if user is None:
        return
    between = folder.relative_to(root).parts
    for path in (root, *(root.joinpath(*between[: count + 1]) for count in range(len(between)))):
        facts = path.stat()
        if path != root or not facts.st_mode & stat.S_IXOTH:
            if facts.st_gid != user.gid:
                os.chown(path, -1, user.gid)
            if stat.S_IMODE(facts.st_mode) != _PASSED_THROUGH:
                path.chmod(_PASSED_THROUGH)


def write(path: Path, text: str) -> None:
    """Replace a file in a folder that belongs to the user PostgreSQL runs as; the file is that user's, and only its.

    Never through a link: as root that would write wherever that user likes. Raises `OSError`.
    """
    with replace_file(path) as file:
        give_open(file.fileno())
        file.write(text.encode())


def reaches(path: Path) -> bool:
    """Whether that user can get to `path`: every folder above it may be entered. True when it is ourselves."""
    user = server_account()
    return user is None or all(_enters(user, folder) for folder in (path, *path.parents) if folder.exists())


def _enters(user: Account, folder: Path) -> bool:
    facts = folder.stat()
    if facts.st_uid == user.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == user.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)
