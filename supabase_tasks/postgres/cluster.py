"""The two clusters of a project: `shadow` for scratch work, `local` for the database people use."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import console, progress, supabase_config
from supabase_tasks.errors import DatabaseError, SettingsError
from supabase_tasks.locking import hold_lock
from supabase_tasks.postgres import (
    access,
    gone_projects,
    idle,
    installation,
    lifecycle,
    owner_record,
    platform,
    ports,
    privileges,
    state,
    tree,
)
from supabase_tasks.postgres.server import Server
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import project_folder, state_root, unwritable

SHADOW, LOCAL = "shadow", "local"
_FIRST_SHADOW_PORT = 54522
_STATE_FILES = "postgres-*/*/state.json"
_PORT_ATTEMPTS = 4
_PAUSE_SECONDS = 0.25
# Somebody took the port between our look and the server's.
_PORT_TAKEN = ("could not create any TCP/IP sockets", "Address already in use")
# Children of a killed server are still ending, which takes seconds on a busy machine.
_STILL_ENDING = "pre-existing shared memory block"
_ENDING_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class ClusterStatus:
    """One cluster: whether it runs, its URL when it does, its version and its folder."""

    name: str
    running: bool
    port: int | None
    url: str | None
    version: str | None
    folder: Path


def install(settings: Settings) -> None:
    """Make PostgreSQL's private installation, for a project that has no cluster yet; nothing for any other.

    Making a cluster does it too. By itself it takes 0.1 s, during the import of the models 0.5 s: each of its
    thousands of system calls waits for the interpreter's lock. Raises `DatabaseError` as `shadow` does.
    """
    if not _folders(settings):
        tree.prepare(installation.find(settings, _config(settings)[0]))


def shadow(settings: Settings) -> Server:
    """The project's scratch cluster (nothing synced to disk), installed, made and started when needed.

    It is kept running. Raises `DatabaseError` when PostgreSQL is missing or does not start.
    """
    return _open(settings, SHADOW)


def local(settings: Settings) -> Server:
    """The project's embedded database, with its data from last time; its port is remembered.

    At the first start `postgres` is a fresh Supabase database. Raises `DatabaseError` as `shadow` does.
    """
    return _open(settings, LOCAL)


def status(settings: Settings) -> tuple[ClusterStatus, ...]:
    """Both clusters of the project, running or not, for every major version that was ever used."""
    found = []
    for folder in _folders(settings):
        known = state.read(folder / "state.json")
        running = known is not None and lifecycle.answers(known)
        server = _server(folder, known) if known else None
        found.append(
            ClusterStatus(
                name=folder.name,
                running=running,
                port=known.port if known else None,
                url=server.url() if server and running else None,
                version=known.version if known else None,
                folder=folder,
            )
        )
    return tuple(found)


def stop(settings: Settings) -> tuple[str, ...]:
    """Stop the project's servers; the names of those that ran, as `project/cluster` where the project had another name when they
    were started. Data and ports are kept."""
    stopped = [folder.name for folder in _folders(settings) if _stop(folder)]
    for former in former_names(settings):
        folders = sorted(path.parent for path in (_root(settings).parent / former).glob(_STATE_FILES))
        stopped += [f"{former}/{folder.name}" for folder in folders if _stop(folder)]
    return tuple(stopped)


def former_names(settings: Settings) -> tuple[str, ...]:
    """The state folders' names of this project from before its name was changed."""
    return tuple(folder.name for folder in gone_projects.former_folders(_root(settings), settings.root))


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server of this user: the state folder's name of its project, the cluster's name, its process, and whether a process
    waits to end it when it is idle."""

    project: str
    name: str
    pid: int
    watched: bool


def all_running() -> tuple[RunningServer, ...]:
    """The servers of every project of this user that run."""
    found = []
    for folder in _folders_below(tree.private_root() / "projects"):
        pid = lifecycle.process_of(folder / "data")
        if pid is not None:
            found.append(RunningServer(folder.parents[1].name, folder.name, pid, idle.is_watched(folder)))
    return tuple(found)


def stop_all() -> tuple[str, ...]:
    """Stop the servers of every project of this user; the names of those that ran, as `project/cluster`."""
    stopped = []
    folders = list(_folders_below(tree.private_root() / "projects"))
    for number, folder in enumerate(folders, 1):
        progress.step("stopping the servers of every project", number, len(folders))
        if _stop(folder):
            stopped.append(f"{folder.parents[1].name}/{folder.name}")
    return tuple(stopped)


def _stop(folder: Path) -> bool:
    with hold_lock(folder / "lock"):
        known = state.read(folder / "state.json")
        stopped = known is not None and lifecycle.stop(folder / "data")
    idle.unwatch(folder)
    return stopped


def _root(settings: Settings) -> Path:
    return tree.private_root() / project_folder(settings).relative_to(state_root())


def _folders(settings: Settings) -> list[Path]:
    return sorted(path.parent for path in _root(settings).glob(_STATE_FILES))


def _folders_below(projects: Path) -> list[Path]:
    return sorted(path.parent for path in projects.glob(f"*/{_STATE_FILES}"))


def _open(settings: Settings, name: str) -> Server:
    wanted, used_port = _config(settings)
    built = tree.prepare(installation.find(settings, wanted))
    folder = _root(settings) / f"postgres-{built.major}" / name
    _make(folder)
    owner_record.note(_root(settings), settings.root)
    if name == SHADOW:
        # Before the look: who ends an idle server holds this lock.
        idle.use(folder)
    known = state.read(folder / "state.json")
    if known is not None and _serves(known, built):
        if name == SHADOW:
            idle.watch(folder, settings)
        return _server(folder, known)
    with hold_lock(folder / "lock"):
        known = state.read(folder / "state.json")
        if known is None or not _serves(known, built):
            known = _bring_up(folder, built, known, used_port)
        server = _server(folder, known)
        if name == LOCAL:
            platform.ensure_platform(server, settings)
        else:
            idle.watch(folder, settings)
        return server


def _serves(known: state.State, built: tree.Tree) -> bool:
    """Whether the server runs, from this tree and by the present rules of access."""
    return known.tree == built.key and known.access == access.RULES and lifecycle.answers(known)


def _make(folder: Path) -> None:
    try:
        tree.make_folder(folder)
    except OSError as error:
        raise unwritable(folder, error) from error


def secure(server: Server) -> tuple[str, ...]:
    """Make sure that `server` admits authorised users only; returns a line about each thing that had to be changed.

    Passwords that migrations or people have set are replaced by our own, superusers and their like are removed.
    """
    with server.admin("template1") as connection:
        changed = access.lock_in(connection, server.password)
        lines = [f"the password of {role} was changed back: {server.folder / access.PASS_FILE}" for role in changed]
        return (*privileges.enforce(connection), *lines)


def _config(settings: Settings) -> tuple[int, int]:
    try:
        config = supabase_config.load(settings)
    except SettingsError:
        if settings.config_toml.exists():
            raise
        return supabase_config.DEFAULT_MAJOR, supabase_config.DEFAULT_DB_PORT
    return config.major_version, config.db_port


def _server(folder: Path, known: state.State) -> Server:
    return Server(
        host=ports.HOST,
        port=known.port,
        version=known.version,
        bin=Path(known.bin),
        socket=Path(known.socket),
        folder=folder,
        name=folder.name,
    )


def _is_made(data: Path) -> bool:
    try:
        return (data / "PG_VERSION").is_file()
    except PermissionError as error:
        # Made by another user: as root, PostgreSQL's own user has it.
        raise unwritable(data, error) from error


def _bring_up(folder: Path, built: tree.Tree, known: state.State | None, used_port: int) -> state.State:
    data = folder / "data"
    if not _is_made(data):
        lifecycle.initialise(built, data)
    else:
        lifecycle.stop(data)
    access.make_password(folder)
    sockets = lifecycle.socket_folder(folder, known.socket if known else None)
    port = _start(folder, built, known, used_port, sockets)
    fresh = state.State(port, str(sockets), built.key, built.version, str(built.bin), access.RULES)
    server = _server(folder, fresh)
    with server.admin("template1") as connection:
        access.lock_in(connection, server.password)
        for line in privileges.enforce(connection):
            console.note(f"warning: {line}")
    # Last: a server that was not brought to this point is started again.
    state.write(folder / "state.json", fresh)
    return fresh


def _start(folder: Path, built: tree.Tree, known: state.State | None, used_port: int, sockets: Path) -> int:
    """Start the server and return its port; tries again while what is in the way may pass."""
    ports_left, end = _PORT_ATTEMPTS, time.monotonic() + _ENDING_SECONDS
    while True:
        port = _port(folder, known, used_port)
        try:
            lifecycle.start(built, folder, port=port, sockets=sockets, fast=folder.name == SHADOW)
            return port
        except DatabaseError as error:
            cause = error.cause or ""
            taken = any(text in cause for text in _PORT_TAKEN)
            ports_left -= taken
            if not (taken and ports_left) and not (_STILL_ENDING in cause and time.monotonic() < end):
                raise
        time.sleep(_PAUSE_SECONDS)


def _port(folder: Path, known: state.State | None, used_port: int) -> int:
    # config.toml's own port would make the Supabase CLI take this server for its Docker stack.
    first = _FIRST_SHADOW_PORT if folder.name == SHADOW else ports.FIRST
    return ports.choose(known.port if known else None, frozenset({used_port}), first)
