"""The reference application's database, with the seed's rows."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest

from supabase_tasks import postgres, state_dir
from supabase_tasks import settings as settings_file
from supabase_tasks.models import Models, desired, loading
from supabase_tasks.settings import Settings

ROOT = Path(__file__).parents[2]


class As(Protocol):
    """Opens a transaction as a person of the seed (the part of the address before the @), or as a role."""

    def __call__(self, who: str) -> Any: ...


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    # pytest's own folders are closed to the unprivileged user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="app-"))
    folder.chmod(0o755)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(folder))
        found = settings_file.load(ROOT)
        yield found
        postgres.stop(found)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(settings: Settings) -> postgres.Server:
    return postgres.shadow(settings)


@pytest.fixture(scope="session")
def models(settings: Settings) -> Models:
    return loading.load(settings)


@pytest.fixture(scope="session")
def database(server: postgres.Server, settings: Settings, models: Models) -> Iterator[str]:
    name = desired.build_desired(server, settings, models, postgres.platform_template(server, settings))
    with server.connect(name) as connection:
        connection.execute((ROOT / "supabase" / "seed.sql").read_text())
    yield name
    server.drop(name)


@pytest.fixture
def owner(server: postgres.Server, database: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection as `postgres` whose changes are undone."""
    with server.connect(database, autocommit=False) as connection:
        yield connection
        connection.rollback()


@pytest.fixture
def as_(owner: psycopg.Connection[Any]) -> As:
    @contextmanager
    def become(who: str) -> Iterator[psycopg.Connection[Any]]:
        role = who if who in ("anon", "service_role") else "authenticated"
        row = owner.execute("select id, email from auth.users where email like %s || '@%%'", (who,)).fetchone()
        claims = f'{{"sub": "{row[0]}", "email": "{row[1]}", "role": "{role}"}}' if row else f'{{"role": "{role}"}}'
        owner.execute("select set_config('request.jwt.claims', %s, true)", (claims,))
        owner.execute(f"set local role {role}")
        yield owner
        owner.execute("reset role")

    return become
