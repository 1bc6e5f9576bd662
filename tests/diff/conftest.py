"""One shadow server for the engine's tests, and a small ground to clone from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg
import pytest

from supabase_tasks import postgres, state_dir
from supabase_tasks.diff.plan.result import Plan, PlannedFile
from supabase_tasks.diff.proof import proof
from supabase_tasks.postgres.cloning import copy_database
from supabase_tasks.postgres.platform import empty_template
from supabase_tasks.settings import Settings

Connect = Callable[[str], psycopg.Connection[Any]]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    import shutil
    import tempfile

    # pytest's own folders are closed to the unprivileged user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="diff-"))
    folder.chmod(0o755)
    (folder / "supabase" / "migrations").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(folder / "state"))
        found = Settings(
            root=folder, project="diff", supabase=folder / "supabase", migrations=folder / "supabase" / "migrations"
        )
        yield found
        postgres.stop(found)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(settings: Settings) -> postgres.Server:
    return postgres.shadow(settings)


@pytest.fixture(scope="session")
def base(server: postgres.Server, settings: Settings) -> str:
    """A database with the roles and the few platform objects that scenarios use."""
    # Making the platform's template makes its roles, which belong to the whole server.
    postgres.platform_template(server, settings)
    empty = empty_template(server)
    with server.admin() as connection:
        copy_database(connection, empty, "diff_base")
    with server.connect("diff_base") as connection:
        connection.execute("GRANT ALL ON SCHEMA public TO postgres")
        connection.execute("GRANT CREATE ON DATABASE diff_base TO postgres")
    with server.connect("diff_base") as connection:
        connection.execute((Path(__file__).parent / "base.sql").read_text())
    return "diff_base"


@pytest.fixture
def database(server: postgres.Server, base: str) -> Iterator[Callable[[str], str]]:
    """Makes databases: takes SQL, returns the name of a clone of the ground with it applied."""
    with ExitStack() as stack:

        def make(sql: str) -> str:
            name = stack.enter_context(server.scratch(base))
            text = f"SET check_function_bodies = off;\n{sql}"
            proof.apply(server, name, [PlannedFile("schema", text, ())])
            return name

        yield make


@pytest.fixture
def connect(server: postgres.Server) -> Iterator[Connect]:
    """Opens connections as `postgres` that are closed after the test."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(server.connect(name))


@pytest.fixture
def apply(server: postgres.Server) -> Callable[[Plan, str], None]:
    """Applies a plan's files to a database as the CLI does."""
    return lambda plan, name: proof.apply(server, name, plan.files)
