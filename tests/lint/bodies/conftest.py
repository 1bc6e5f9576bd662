"""Two servers: PostgreSQL 17 as it ships (no plpgsql_check) and, where Debian's package is there, 15 with the real one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from supabase_tasks import postgres, state_dir
from supabase_tasks.lint.bodies import CheckedFunction, check_bodies
from supabase_tasks.settings import Settings

PLPGSQL_CHECK = Path("/usr/lib/postgresql/15/lib/plpgsql_check.so")
Bodies = Callable[[str], dict[str, CheckedFunction]]


@pytest.fixture(scope="module")
def state() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="st-bodies-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(folder / "state"))
        yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _connection(folder: Path, major: int) -> Iterator[psycopg.Connection[Any]]:
    root = folder / f"on-{major}"
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "config.toml").write_text(f'project_id = "p"\n[db]\nmajor_version = {major}\n')
    settings = Settings(
        root=root, project=root.name, supabase=root / "supabase", migrations=root / "supabase" / "migrations"
    )
    server = postgres.shadow(settings)
    try:
        with (
            server.scratch(postgres.platform_template(server, settings)) as database,
            server.connect(database) as connection,
        ):
            yield connection
    finally:
        postgres.stop(settings)


@pytest.fixture(scope="module")
def connection(state: Path) -> Iterator[psycopg.Connection[Any]]:
    yield from _connection(state, 17)


@pytest.fixture(scope="module")
def real(state: Path) -> Iterator[psycopg.Connection[Any]]:
    """PostgreSQL 15 with the real plpgsql_check."""
    if not PLPGSQL_CHECK.is_file():
        pytest.skip("no real plpgsql_check here: apt-get install postgresql-15-plpgsql-check")
    yield from _connection(state, 15)


@pytest.fixture
def bodies(connection: psycopg.Connection[Any]) -> Bodies:
    """Runs some SQL, checks the functions in the schema `t`, and takes everything back."""

    def run(sql: str) -> dict[str, CheckedFunction]:
        with connection.transaction(force_rollback=True):
            connection.execute("SET check_function_bodies = off")
            connection.execute("CREATE SCHEMA t; SET search_path = t, extensions")
            connection.execute(sql.encode())
            return {function.name: function for function in check_bodies(connection, ["t"]).functions}

    return run
