"""One cluster on disk: made by initdb, configured, started, stopped. Callers hold the cluster's lock."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from supabase_tasks import process, progress
from supabase_tasks.errors import DatabaseError
from supabase_tasks.platform_schemas import PLATFORM_ROLES
from supabase_tasks.postgres import access, account, disk_layout, roles, state
from supabase_tasks.postgres.server_settings import COMMON, SHADOW, STANDINS_SETTING
from supabase_tasks.postgres.tree import Tree
from supabase_tasks.state_dir import unwritable

_START_SECONDS = 60.0
_STOP_SECONDS = 20.0
_POLL_SECONDS = 0.004
# sun_path holds 104 bytes on macOS and 108 on Linux; the file in it is called `.s.PGSQL.54422`.
_SOCKET_FOLDER_LENGTH = 85
_LOG_LINES = 15
# postmaster.pid, line by line (src/include/utils/pidfile.h); `ready` and the pid are what we read.
_PID_LINE, _STATUS_LINE = 0, 7
_NO_PROCESS = "2147483646"
_KEPT_VARIABLES = frozenset(("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"))


def initialise(tree: Tree, data: Path) -> None:
    """Make the data folder `data` with initdb, superuser `supabase_admin`; nothing is left when it fails.

    Raises `DatabaseError` when the folder cannot be written, `ProcessError` when initdb fails.
    """
    for stale in data.parent.glob("data.building-*"):
        shutil.rmtree(stale, ignore_errors=True)
    try:
        work = Path(tempfile.mkdtemp(prefix="data.building-", dir=data.parent))
        account.give(work)
    except OSError as error:
        raise unwritable(data, error) from error
    try:
        with progress.within("making the embedded database, once"), _forgotten_password(data.parent) as file:
            account.require_name()
            process.run(_initdb(tree, work, file), uid=account.uid(), cwd=work, env=_clean_environment())
        _let_in(tree, work)
        disk_layout.spread(work / "base")
        work.rename(data)
    except OSError as error:
        raise unwritable(data, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


@contextmanager
def _forgotten_password(folder: Path) -> Iterator[Path]:
    """A file with a password for the superuser that is not stored: it logs in without one, on the Unix socket only.

    The user that PostgreSQL runs as reads the file, so it is no secret of ours.
    """
    handle, name = tempfile.mkstemp(prefix=".initial-", dir=folder)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(secrets.token_hex(24))
        account.give(Path(name))
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _initdb(tree: Tree, data: Path, password: Path) -> list[str]:
    # The wheel has no ICU. PostgreSQL's own C.UTF-8 (17 on) is the same on every machine; before that libc's.
    if tree.major >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        locale = ["--locale=C" if sys.platform == "darwin" else "--locale=C.UTF-8"]
    command = [str(tree.bin / "initdb"), f"--pgdata={data}", "--username=supabase_admin"]
    command += ["--auth-local=peer", "--auth-host=scram-sha-256", f"--pwfile={password}"]
    return [*command, "--encoding=UTF8", *locale, "--no-sync", "--no-instructions"]


def _let_in(tree: Tree, data: Path) -> None:
    account.write(data / "pg_hba.conf", access.rules())
    account.write(data / "pg_ident.conf", access.identities(tree.major, (*PLATFORM_ROLES, roles.RESTORER)))


def _clean_environment() -> dict[str, str | None]:
    # Nothing of ours: what runs in a server must find no secret in its environment.
    variables: dict[str, str | None] = {name: None for name in os.environ if name not in _KEPT_VARIABLES}
    return {**variables, "LC_ALL": "C", "LANG": "C", "TZ": "UTC"}


def socket_folder(folder: Path, remembered: str | None) -> Path:
    """The closed folder for the cluster's Unix socket: in its own folder, or a temporary one when that is too deep."""
    chosen = folder / "socket"
    if len(os.fsencode(chosen)) > _SOCKET_FOLDER_LENGTH:
        if remembered and _is_closed(Path(remembered)):
            return Path(remembered)
        chosen = Path(tempfile.mkdtemp(prefix="supabase-tasks-", dir="/tmp"))
    chosen.mkdir(mode=0o700, exist_ok=True)
    chosen.chmod(0o700)
    account.give(chosen)
    return chosen


def _is_closed(folder: Path) -> bool:
    """Whether a folder in /tmp is the one that we made: others may have made one of that name since."""
    try:
        facts = folder.lstat()
    except OSError:
        return False
    owner = account.uid() if account.uid() is not None else os.geteuid()
    return stat.S_ISDIR(facts.st_mode) and facts.st_uid == owner and not facts.st_mode & 0o077


def start(tree: Tree, folder: Path, *, port: int, sockets: Path, fast: bool) -> None:
    """Start the server on `folder/data` and wait until it takes connections; `fast` trades safety of data for speed.

    Raises `DatabaseError` with the end of its log when it does not come up; then, and on Ctrl-C, none is left running.
    """
    data, log = folder / "data", folder / "server.log"
    try:
        _configure(tree, data, port, sockets, fast)
        # The folder is this cluster's alone and no server of it lives: what lies there was left by a killed one.
        for stale in sockets.glob(".s.PGSQL.*"):
            stale.unlink(missing_ok=True)
        # A new file: what is left of a killed server goes on writing to the old one, and its last words are FATAL.
        log.unlink(missing_ok=True)
        account.write(log, "")
    except OSError as error:
        raise unwritable(data, error) from error
    command = [str(tree.bin / "pg_ctl"), "start", f"--pgdata={data}", f"--log={log}", "--no-wait", "--silent"]
    try:
        process.run(command, uid=account.uid(), cwd=folder, env=_clean_environment())
        _await_ready(data, log)
    except BaseException:
        _end_half_started(data)
        raise


def _configure(tree: Tree, data: Path, port: int, sockets: Path, fast: bool) -> None:
    values = {**COMMON, **(SHADOW if fast else {}), "port": str(port), "unix_socket_directories": str(sockets)}
    values[STANDINS_SETTING] = tree.standins
    if tree.major >= 18:
        values["md5_password_warnings"] = "off"
    lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in values.items() if value is not None]
    account.write(data / "postgresql.conf", "\n".join(lines) + "\n")
    # Also those of a cluster that was made by other rules.
    _let_in(tree, data)


def _await_ready(data: Path, log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        if _is_ready(data):
            return
        if any(word in _tail(log) for word in ("FATAL", "PANIC")) and _postmaster(data) is None:
            break
        time.sleep(_POLL_SECONDS)
    raise DatabaseError(
        "the embedded database does not start",
        cause=_tail(log) or f"no answer after {_START_SECONDS:g} s",
        next_step="repair the cause, then run the same command again",
        code="server-start",
    )


def _is_ready(data: Path) -> bool:
    lines = _pid_file(data)
    written = len(lines) > _STATUS_LINE and lines[_STATUS_LINE].strip() == "ready"
    return written and lines[_PID_LINE] != _NO_PROCESS


def _tail(log: Path) -> str:
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LOG_LINES:])
    except OSError:
        return ""


def _pid_file(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


def _end_half_started(data: Path) -> None:
    # pg_ctl may have been ended before its child wrote the file; a moment later it is there or never will be.
    for _ in range(50):
        lines = _pid_file(data)
        if lines:
            pid = _postmaster(data)
            with suppress(ProcessLookupError, PermissionError):
                if pid is not None:
                    os.kill(pid, signal.SIGQUIT)
            return
        time.sleep(_POLL_SECONDS)


def answers(known: state.State) -> bool:
    """Whether the cluster's server is there: its socket, in a folder only it uses, takes a connection."""
    path = Path(known.socket) / f".s.PGSQL.{known.port}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True


def stop(data: Path) -> bool:
    """Stop the server of `data` and wait for its end; False when none ran (a stale pid file is made harmless).

    Sessions are ended (PostgreSQL's fast mode), after 20 s the hard way. Raises `DatabaseError` when it will not end.
    """
    pid = _postmaster(data)
    if pid is None:
        _disarm(data)
        return False
    for how in (signal.SIGINT, signal.SIGQUIT):
        with suppress(ProcessLookupError):
            os.kill(pid, how)
        if _ends(data, pid):
            return True
    raise DatabaseError(f"the embedded database (process {pid}) does not end", next_step=f"kill -9 {pid}")


def process_of(data: Path) -> int | None:
    """The process of the server of `data`, when it runs."""
    return _postmaster(data)


def _ends(data: Path, pid: int) -> bool:
    end = time.monotonic() + _STOP_SECONDS
    while time.monotonic() < end:
        if _postmaster(data) != pid:
            return True
        time.sleep(_POLL_SECONDS)
    return False


def _postmaster(data: Path) -> int | None:
    """The process of the pid file, when it lives and really is the server of `data`: numbers are used again, and in a
    container without a reaper a dead server stays as a zombie, which PostgreSQL itself takes for a living one."""
    lines = _pid_file(data)
    if not lines or not lines[_PID_LINE].strip().isdigit():
        return None
    pid = int(lines[_PID_LINE])
    return pid if str(data) in _command_line(pid) else None


def _command_line(pid: int) -> str:
    if Path("/proc/self/cmdline").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return ""
    return process.run(["ps", "-o", "command=", "-p", str(pid)], check=False).stdout


def _disarm(data: Path) -> None:
    # The file stays, with a process number that cannot exist: PostgreSQL still checks the shared memory it names, so it
    # will not start while children of a killed server are alive (src/backend/utils/init/miscinit.c, CreateLockFile).
    lines = _pid_file(data)
    if lines:
        account.write(data / "postmaster.pid", "\n".join([_NO_PROCESS, *lines[1:]]) + "\n")
