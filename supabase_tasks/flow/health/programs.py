"""Which programs and libraries are installed, and which versions."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import TYPE_CHECKING

from supabase_tasks import child_environment, process, supabase_config
from supabase_tasks.adopt import surroundings
from supabase_tasks.errors import TaskError
from supabase_tasks.flow.health.finding import Finding, Level, failure
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.cli import Binary

AREA = "programs"
LIBRARIES = ("supabase-tasks", "sqlmodel", "sqlalchemy", "alembic", "psycopg", "invoke")
_VERSION = re.compile(r"\d+(\.\d+)+")
_ANSWER_SECONDS = 20.0
_KEPT = (*child_environment.DOCKER, *child_environment.NETWORK, *child_environment.NPM)


def check(settings: Settings) -> Iterator[Finding]:
    """Python and libraries, PostgreSQL, the Supabase CLI, and the programs that only some tasks need."""
    python = ".".join(map(str, sys.version_info[:3]))
    yield Finding(AREA, "Python", f"{python}  {sys.executable}")
    for name in LIBRARIES:
        yield _library(name)
    yield _postgres(settings)
    yield from _extensions(settings)
    yield _cli(settings)
    yield from (_node(name) for name in ("node", "npm"))
    yield _nx(settings)
    yield _docker(settings)
    yield _squawk()
    yield _program("git", process.find("git"), "the checks of what git knows are left out", "install git")


def _library(name: str) -> Finding:
    try:
        return Finding(AREA, name, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(AREA, name, "not installed", "problem", f"pip install {name}")


def _postgres(settings: Settings) -> Finding:
    from supabase_tasks.postgres import installation

    name = "PostgreSQL (embedded)"
    try:
        wanted = supabase_config.major_version(settings)
        found = installation.find(settings, wanted)
        version = installation.version_of(found.bin / "postgres")
    except TaskError as error:
        return failure(AREA, name, error)
    shown = f"{version}  {found.bin}  ({found.provider})"
    if settings.config_toml.exists() and found.major != wanted:
        fix = f"install PostgreSQL {wanted} and set postgres_path, or set major_version = {found.major} in config.toml"
        return Finding(AREA, name, f"{shown}  (config.toml says {wanted})", "note", fix)
    return Finding(AREA, name, shown)


def _extensions(settings: Settings) -> Iterator[Finding]:
    """Which of Supabase's extensions are the real ones here; the others are stand-ins (docs/embedded-database.md)."""
    from supabase_tasks.postgres import installation, tree

    try:
        found = tree.real_extensions(installation.find(settings, supabase_config.major_version(settings)))
    except TaskError:
        # The line above says why.
        return
    yield Finding(AREA, "  real extensions", ", ".join(found) if found else "none; stand-ins serve")


def _cli(settings: Settings) -> Finding:
    from supabase_tasks import cli
    from supabase_tasks.cli.find import wanted_version
    from supabase_tasks.cli.version import render

    name = "Supabase CLI"
    try:
        found = cli.present(settings)
        if found is not None:
            shown = f"{render(found.version)}, dialect {found.dialect}.x  {found.path}  ({found.source})"
            return _without_native(settings, found) or Finding(AREA, name, shown)
    except TaskError as error:
        return failure(AREA, name, error)
    if process.find("npm"):
        return Finding(AREA, name, f"none yet; {wanted_version(settings)} is installed by npm at the first use", "note")
    fix = "install Node 20 or newer (https://nodejs.org), or set cli_path in [tool.supabase-tasks]"
    return Finding(AREA, name, "not installed, and no npm to install it", "problem", fix)


def _without_native(settings: Settings, found: Binary) -> Finding | None:
    """The problem of a CLI without the runtime that the settings ask for."""
    from supabase_tasks.cli.capabilities import has_native_runtime
    from supabase_tasks.cli.version import render

    if settings.local != "native" or has_native_runtime(found.path):
        return None
    shown = f'{render(found.version)} has no native runtime, and local is "native"  {found.path}'
    return Finding(AREA, "Supabase CLI", shown, "problem", "npm install --save-dev supabase@latest")


def _node(name: str) -> Finding:
    return _program(name, process.find(name), "needed only to install the Supabase CLI", "install Node 20 or newer")


def _nx(settings: Settings) -> Finding:
    workspace = surroundings.nx_workspace(settings.root)
    if workspace is None:
        return Finding(AREA, "nx", "no nx workspace")
    program = workspace / "node_modules" / ".bin" / "nx"
    return _program("nx", str(program) if program.is_file() else None, f"workspace {workspace}", "npm ci")


def _docker(settings: Settings) -> Finding:
    level: Level = "problem" if settings.local == "docker" else "ok"
    fix = 'start the Docker engine, or set local = "auto"' if level == "problem" else None
    program = process.find("docker")
    instead = "using the CLI's native runtime" if settings.local == "native" else "using the embedded database"
    if program is None:
        return Finding(AREA, "Docker", f"not installed; {instead}", level, fix)
    engine = _ask([program, "version", "--format", "{{.Server.Version}}"])
    if engine is None:
        return Finding(AREA, "Docker", f"not running; {instead}", level, fix)
    own = settings.local in ("embedded", "native")
    used = f"not used: local is {settings.local}" if own else "the local database is `supabase start`'s"
    return Finding(AREA, "Docker", f"engine {engine}; {used}")


def _squawk() -> Finding:
    from supabase_tasks.lint import squawk

    without = "migrations-lint runs our own rules only, none for locks"
    return _program("squawk", squawk.program(), without, squawk.INSTALL)


def _program(name: str, path: str | None, without: str, fix: str, level: Level = "note") -> Finding:
    if path is None:
        return Finding(AREA, name, f"not found: {without}", level, fix)
    version = _ask([path, "--version"])
    if version is None:
        return Finding(AREA, name, f"{path} does not answer to --version", "problem", fix)
    return Finding(AREA, name, f"{version}  {path}")


def _ask(command: list[str]) -> str | None:
    """The first version number that the program names, None when it fails or names none."""
    try:
        done = process.run(command, keeps=_KEPT, check=False, timeout=_ANSWER_SECONDS)
    except process.ProcessError:
        return None
    match = _VERSION.search(done.stdout)
    return match[0] if done.code == 0 and match else None
