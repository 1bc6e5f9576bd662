"""Where state lives: one folder per user, one below it per project, nothing in the project or in site-packages.

Only its user may read it or write to it: programs are executed from here, a socket here gets a whole environment,
and the dumps of hosted databases are here.
"""

from __future__ import annotations

import errno
import os
import re
import shlex
import stat
from pathlib import Path

from supabase_tasks import command_line, ownership
from supabase_tasks.errors import DatabaseError, TaskError
from supabase_tasks.files import digest, make_closed
from supabase_tasks.settings import Settings

ROOT_VARIABLE = "SUPABASE_TASKS_CACHE"
_ROOT_USER_FOLDER = Path("/var/cache/supabase-tasks")
_CLOSED = 0o700
# As root, the group of the user that PostgreSQL runs as passes through (`postgres.account.admit`); it lists nothing.
_PASSED_THROUGH = 0o710
# The state folders that this process has made.
_made: set[Path] = set()


def state_root() -> Path:
    """The folder for all state of this user: `SUPABASE_TASKS_CACHE`, else the platform's cache folder.

    Root's own home is closed to the unprivileged user that PostgreSQL runs as then, so root's state lives in
    /var/cache. Raises `TaskError` when another user could have put something there.
    """
    return require_ours(chosen_root())


def chosen_root() -> Path:
    """The same folder, whoever may write into it."""
    chosen = os.environ.get(ROOT_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().absolute()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return _ROOT_USER_FOLDER
    import platformdirs

    return Path(platformdirs.user_cache_dir("supabase-tasks")).absolute()


def require_ours(path: Path) -> Path:
    """`path` with its links resolved. Raises `TaskError` when another user decides what lies there (see `ownership`)."""
    found = ownership.intrusion(path)
    if found is None:
        return path.resolve()
    help_ = f"chmod go-w {shlex.quote(str(found.path))}, or " if found.ours else ""
    raise TaskError(
        f"the state folder {path} is not safe: {found.path} {found.how}",
        cause="programs are executed from there, and secrets are kept there",
        next_step=f'{help_}export {ROOT_VARIABLE}="$HOME/.supabase-tasks"',
        code="state-unsafe",
    )


def private(folder: Path, root: Path | None = None) -> Path:
    """Make `folder` below the state folder (or below `root`) where it is missing, closed to others whatever the umask;
    returns it.

    What lies between it and the state folder is made and closed as well. A state folder that `SUPABASE_TASKS_CACHE`
    names and that exists is left as it is. Raises `OSError`, and `TaskError` as `state_root` does.
    """
    root = root or state_root()
    if not root.is_dir():
        make_closed(root)
        require_ours(root)
        _made.add(root)
    elif root == _ROOT_USER_FOLDER or not os.environ.get(ROOT_VARIABLE):
        _close(root)
    here = root
    for part in folder.relative_to(root).parts:
        here = here / part
        make_closed(here)
        _close(here)
    return folder


def was_made(root: Path) -> bool:
    """Whether this process made the state folder, so that its mode is ours to choose."""
    return root in _made


def _close(folder: Path) -> None:
    facts = folder.lstat()
    admits = hasattr(os, "geteuid") and os.geteuid() == 0 and facts.st_gid != 0
    allowed = _PASSED_THROUGH if admits else _CLOSED
    if stat.S_ISDIR(facts.st_mode) and facts.st_mode & 0o777 & ~allowed:
        folder.chmod(facts.st_mode & allowed)


def project_folder(settings: Settings) -> Path:
    """The state folder of one project, keyed by its absolute path so that two checkouts never share a database."""
    name = re.sub(r"[^a-z0-9-]+", "-", settings.project.lower()).strip("-") or "project"
    return state_root() / "projects" / f"{name}-{digest(str(settings.root))[:12]}"


def unwritable(path: Path, error: OSError) -> DatabaseError:
    """The error for a state folder that cannot be written (read-only, full, foreign, a file)."""
    again = command_line.again()
    elsewhere = f'export {ROOT_VARIABLE}="$HOME/.supabase-tasks"'
    return DatabaseError(
        f"the state folder cannot be written: {path}",
        cause=_obstacle(path, error),
        next_step=f"{elsewhere} && {again}" if again else elsewhere,
        code="state-unwritable",
    )


def _obstacle(path: Path, error: OSError) -> str:
    file = next((one for one in (path, *path.parents) if one.exists() and not one.is_dir()), None)
    if file is not None and error.errno in (errno.EEXIST, errno.ENOTDIR):
        return f"{file} is a file, and a folder is needed there"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"this user may not write there ({error.strerror})"
    return error.strerror or str(error)
