"""What a run leaves for the next one: databases that are ready, equal their templates, and are all that is left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from support.databases import oids, schema
from support.project import Project
from support.waiting import until

from supabase_tasks import postgres, preload
from supabase_tasks.diff import reader
from supabase_tasks.diff.catalog.rows_cache import load
from supabase_tasks.diff.proof import proof
from supabase_tasks.errors import MigrationError, ModelsError, ProofError, UnansweredError
from supabase_tasks.flow.schema import check, databases, opening
from supabase_tasks.flow.schema.generate import generate_migration
from supabase_tasks.flow.schema.request import Request
from supabase_tasks.ledger import files as ledger
from supabase_tasks.postgres import clone_pool, history
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server

CITY = ("name: str", "name: str\n    city: str | None = None")


@pytest.fixture
def project(begin: Callable[[], Project], monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """The small project with its first migration generated and replayed, in a process that is a worker from here on.
    The cluster holds the templates of that and nothing else."""
    there = begin()
    server = postgres.shadow(there.settings)
    until(lambda: not scratch(server))
    for name in oids(server):
        if name.startswith(("history_", clone_pool.PREFIX)):
            server.drop(name)
    postgres.history_template(server, there.settings, ledger.read(there.settings))
    monkeypatch.setattr(preload, "_worker", True)
    yield there
    preload.run_deferred()


@pytest.fixture
def server(project: Project) -> postgres.Server:
    return postgres.shadow(project.settings)


@pytest.fixture
def replays(project: Project, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The versions of the files that a history's template is made of from here on."""
    seen: list[str] = []
    original = history._apply_and_keep

    def apply_and_keep(*given: object) -> None:
        seen.extend(file.version for file in given[4])  # type: ignore[attr-defined]
        original(*given)

    monkeypatch.setattr(history, "_apply_and_keep", apply_and_keep)
    return seen


def scratch(server: postgres.Server) -> list[str]:
    return [name for name in oids(server) if name.startswith(("scratch_", "desired_", "building_"))]


def spares_of(server: postgres.Server) -> list[str]:
    return [name for name in oids(server) if name.startswith(clone_pool.PREFIX)]


def template(server: postgres.Server, settings: Settings) -> str:
    """What the template of the present history is called."""
    return postgres.template_name(server, settings, ledger.read(settings))


def equal(server: postgres.Server) -> bool:
    """Whether every spare is what its template is, in schema and in recorded history; there is at least one."""
    there = oids(server)
    pairs = [(name, clone_pool.name_of(name)) for name in there if clone_pool.name_of(name) in there]
    assert {spare for _, spare in pairs} == set(spares_of(server))
    for name, spare in pairs:
        assert schema(server, name) == schema(server, spare), f"{spare} differs from {name}"
        assert recorded(server, name) == recorded(server, spare)
    return bool(pairs)


def recorded(server: postgres.Server, database: str) -> list[tuple[object, ...]]:
    with server.connect(database) as connection:
        table = "supabase_migrations.schema_migrations"
        if connection.execute("select to_regclass(%s)", (table,)).fetchone() == (None,):
            return []
        return connection.execute(f"select version, name, statements from {table} order by version".encode()).fetchall()


def test_the_clone_of_the_proof_becomes_the_template_of_the_new_history(
    project: Project, server: postgres.Server, replays: list[str]
) -> None:
    before = template(server, project.settings)
    project.edit(*CITY)
    assert generate_migration(project.settings, Request()).written
    now = template(server, project.settings)
    assert now not in oids(server), "the caller waited for a deferred job"
    preload.run_deferred()
    assert now in oids(server)
    assert postgres.history_template(server, project.settings, ledger.read(project.settings)) == now
    assert replays == []
    platform = postgres.platform_template(server, project.settings)
    assert set(spares_of(server)) == {clone_pool.name_of(name) for name in (platform, before, now)}
    assert equal(server)
    assert scratch(server) == []


def test_what_was_adopted_is_what_a_replay_makes(project: Project, server: postgres.Server, replays: list[str]) -> None:
    project.edit(*CITY)
    generate_migration(project.settings, Request())
    preload.run_deferred()
    now, settings = template(server, project.settings), project.settings
    adopted, rows = schema(server, now), recorded(server, now)
    server.drop(now)
    assert postgres.history_template(server, settings, ledger.read(settings)) == now
    assert replays == [ledger.read(settings)[-1].version]
    assert schema(server, now) == adopted
    assert recorded(server, now) == rows


def test_the_next_run_uses_what_is_ready(project: Project, server: postgres.Server, replays: list[str]) -> None:
    project.edit(*CITY)
    generate_migration(project.settings, Request())
    preload.run_deferred()
    ready = {oids(server)[name] for name in spares_of(server)}
    project.edit("nick: str", "number: int\n    nick: str")
    with opening.open_comparison(project.settings) as opened:
        there = oids(server)
        assert {there[opened.databases.desired.database], there[opened.databases.clone]} <= ready
        kept = load(reader.cache_path(server.folder / "catalogs", opened.databases.current))
        assert kept is not None
        one, other = reader.snapshot_of(kept), reader.read_snapshot(opened.databases.clone_connection)
        assert (one.items, one.dependencies.needs) == (other.items, other.dependencies.needs)
    preload.run_deferred()
    assert generate_migration(project.settings, Request(defaults={"public.player.number": "0"})).changed
    preload.run_deferred()
    assert replays == []
    assert len(project.migrations) == 3
    check.check_models(project.settings)
    preload.run_deferred()
    assert equal(server)
    assert scratch(server) == []


def test_a_migration_that_is_thrown_away_is_made_again_from_what_is_ready(
    project: Project, server: postgres.Server, replays: list[str]
) -> None:
    project.edit(*CITY)
    for _ in range(3):
        (path,) = generate_migration(project.settings, Request()).written
        preload.run_deferred()
        path.unlink()
    assert replays == []
    assert equal(server)
    assert scratch(server) == []


def test_a_run_with_nothing_to_do_gives_its_clone_back(project: Project, server: postgres.Server) -> None:
    with opening.open_comparison(project.settings) as opened:
        oid = oids(server)[opened.databases.clone]
    preload.run_deferred()
    assert oids(server)[clone_pool.name_of(template(server, project.settings))] == oid
    assert equal(server)
    assert scratch(server) == []


def test_an_unanswered_rename_leaves_no_altered_spare(project: Project, server: postgres.Server) -> None:
    project.edit("nick: str", "handle: str")
    with pytest.raises(UnansweredError):
        generate_migration(project.settings, Request())
    preload.run_deferred()
    assert equal(server)
    assert scratch(server) == []
    assert len(project.migrations) == 1


def test_an_answered_rename_on_a_dry_run_leaves_no_altered_spare(project: Project, server: postgres.Server) -> None:
    project.edit("nick: str", "handle: str")
    assert generate_migration(project.settings, Request(dry_run=True, renames=("public.player.nick:handle",))).changed
    preload.run_deferred()
    assert equal(server)
    assert scratch(server) == []
    assert len(project.migrations) == 1


def test_a_proof_that_fails_leaves_no_altered_spare_and_no_template(
    project: Project, server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {name for name in oids(server) if name.startswith("history_")}
    original = proof.prove_on_copy

    def spoiled(given: proof.ProofInput) -> None:
        files = [
            replace(file, sql=f"{file.sql}\nCREATE TABLE public.stowaway (id int);\n") for file in given.plan.files
        ]
        original(replace(given, plan=replace(given.plan, files=tuple(files))))

    monkeypatch.setattr(proof, "prove_on_copy", spoiled)
    project.edit(*CITY)
    with pytest.raises(ProofError):
        generate_migration(project.settings, Request())
    preload.run_deferred()
    assert {name for name in oids(server) if name.startswith("history_")} == before
    assert equal(server)
    assert scratch(server) == []
    assert len(project.migrations) == 1


def test_a_file_that_was_changed_at_once_is_not_taken_for_the_proven_one(
    project: Project, server: postgres.Server, replays: list[str]
) -> None:
    project.edit(*CITY)
    (path,) = generate_migration(project.settings, Request()).written
    path.write_text(path.read_text() + "\ncreate table public.by_hand (id int);\n")
    preload.run_deferred()
    with server.scratch(postgres.history_template(server, project.settings, ledger.read(project.settings))) as name:
        assert "by_hand" in schema(server, name)
    assert replays == [ledger.read(project.settings)[-1].version]
    assert equal(server)


def test_models_that_do_not_import_leave_unaltered_spares(project: Project, server: postgres.Server) -> None:
    project.models("x = 1 / 0\n")
    with pytest.raises(ModelsError):
        generate_migration(project.settings, Request())
    until(lambda: bool(preload._deferred) or bool(spares_of(server)) or not scratch(server))
    preload.run_deferred()
    until(lambda: not scratch(server))
    if spares_of(server):
        assert equal(server)


def test_models_that_postgresql_refuses_leave_unaltered_spares(project: Project, server: postgres.Server) -> None:
    project.edit("name: str", "name: str\n    __table_args__ = (CheckConstraint('no_such_column > 1'),)")
    project.edit("from sqlmodel import", "from sqlalchemy import CheckConstraint\nfrom sqlmodel import")
    with pytest.raises(ModelsError):
        generate_migration(project.settings, Request())
    preload.run_deferred()
    assert equal(server)
    assert scratch(server) == []


def test_a_broken_migration_leaves_nothing(project: Project, server: postgres.Server) -> None:
    project.write("supabase/migrations/0001_broken.sql", "create table public.x (id no_such_type);\n")
    with pytest.raises(MigrationError):
        generate_migration(project.settings, Request())
    preload.run_deferred()
    assert scratch(server) == []


def test_where_no_worker_runs_only_templates_are_left(
    project: Project, server: postgres.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preload, "_worker", False)
    project.edit(*CITY)
    generate_migration(project.settings, Request())
    until(lambda: not scratch(server))
    assert spares_of(server) == []
    assert preload._deferred == []


def test_databases_that_are_not_needed_any_more_are_not_made(project: Project) -> None:
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(databases.CancelledError):
        databases.make_databases(project.settings, ledger.read(project.settings), cancelled)
