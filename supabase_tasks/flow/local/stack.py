"""The stack of `supabase start` as the local database: in Docker, or by the CLI's own programs (`--runtime native`)."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from supabase_tasks import redaction, supabase_config
from supabase_tasks.cli import Database, SupabaseCli
from supabase_tasks.cli.capabilities import NATIVE_ENVIRONMENT, has_native_runtime
from supabase_tasks.cli.version import render
from supabase_tasks.errors import CliError, DatabaseError
from supabase_tasks.flow.local.connection import Local, Mode
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import private, project_folder, unwritable

if TYPE_CHECKING:
    from supabase_tasks.process import CompletedProgram

OnLine = Callable[[str], None]
# The Docker stack's superuser and its fixed, public password (supabase/config of the CLI, 2.x and 3.x).
_STACK_PASSWORD = "postgres"
# Whose PostgreSQL it is where root asks for it, and the folder of its stacks (3.1.0).
_NATIVE_VARIABLES = ("SUPABASE_NATIVE_POSTGRES_USER", "SUPABASE_HOME")
_HERE = ("127.0.0.1", "::1", "localhost")
_WITHOUT = 'local = "embedded" in [tool.supabase-tasks]'


def cli_of(settings: Settings, on_line: OnLine) -> SupabaseCli:
    """The CLI that works on the local database: with `local = "native"` one that has that runtime, told to use it.

    Raises `CliError` for one that does not have it.
    """
    if settings.local != "native":
        return SupabaseCli.of(settings, on_line=on_line)
    own = {name: os.environ[name] for name in _NATIVE_VARIABLES if name in os.environ}
    cli = SupabaseCli.of(settings, on_line=on_line, environment={**NATIVE_ENVIRONMENT, **own})
    if not has_native_runtime(cli.binary.path):
        version = render(cli.binary.version)
        raise CliError(
            f"the Supabase CLI {version} at {cli.binary.path} has no native runtime",
            cause='local = "native" needs a CLI whose `start` knows `--runtime native`',
            next_step="npm install --save-dev supabase@latest",
            others=[f"set {_WITHOUT}"],
            code="no-native-runtime",
            data={"version": version, "path": str(cli.binary.path)},
        )
    return cli


def start(settings: Settings, cli: SupabaseCli) -> CompletedProgram:
    """`supabase start`, of the runtime that the settings name."""
    return cli.start(runtime="native" if settings.local == "native" else None)


def connect(settings: Settings, on_line: OnLine) -> Local:
    """How the stack's database is reached. Raises `CliError` when a native stack does not run, which only the CLI knows
    the address of; the Docker stack's is config.toml's, whether it runs or not."""
    if settings.local == "native":
        return _native(settings, cli_of(settings, on_line))
    url = f"postgresql://postgres@127.0.0.1:{supabase_config.load(settings).db_port}/postgres"
    return _at("docker", settings, url, _STACK_PASSWORD)


def _native(settings: Settings, cli: SupabaseCli) -> Local:
    try:
        told = cli.variables().get("DB_URL")
    except CliError as error:
        error.next_step = "inv supabase-start"
        raise
    try:
        url, password = redaction.split_password(told or "")
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if host not in _HERE:
        raise DatabaseError(
            "the Supabase CLI does not say where its native database is",
            cause="`supabase status --env` has no DB_URL of this machine",
            next_step="inv supabase-start",
            code="not-running",
        )
    return _at("native", settings, url, password or "")


def _at(mode: Mode, settings: Settings, url: str, password: str) -> Local:
    passes = _pass_file(settings, mode, password)
    return Local(mode, url, Database("local", url=url, password=password), passes)


def _pass_file(settings: Settings, mode: Mode, password: str) -> Path:
    """With a file the printed command asks for no password. The Docker stack's never changes."""
    from supabase_tasks.postgres import access

    path = project_folder(settings) / f"{mode}-pgpass"
    if mode == "native" or not path.exists():
        try:
            private(path.parent)
        except OSError as error:
            raise unwritable(path, error) from error
        access.write_pass_file(path, password)
    return path
