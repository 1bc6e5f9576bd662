from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from support.databases import oids, schema

from supabase_tasks import postgres
from supabase_tasks.errors import DatabaseError, MigrationError
from supabase_tasks.ledger.files import MigrationFile, read
from supabase_tasks.postgres import clone_pool, replay, roles
from supabase_tasks.postgres.history import global_objects_of
from supabase_tasks.settings import Settings

Make = Callable[..., Settings]


def write(settings: Settings, index: int, sql: str) -> None:
    (settings.migrations / f"{index:04d}_m.sql").write_text(sql)


def tables(server: postgres.Server, database: str) -> set[str]:
    with server.connect(database) as connection:
        rows = connection.execute("select tablename from pg_tables where schemaname = 'public'").fetchall()
    return {str(name) for (name,) in rows}


@pytest.fixture
def applied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    seen: list[str] = []
    original = replay.apply_file

    def apply_file(connection: object, text: str, *, version: str, **options: object) -> None:
        seen.append(version)
        original(connection, text, version=version, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(replay, "apply_file", apply_file)
    return seen


@pytest.fixture(scope="module")
def history(make_project: Make) -> Settings:
    return make_project("history")


@pytest.fixture(scope="module")
def cluster(history: Settings) -> postgres.Server:
    return postgres.shadow(history)


def test_no_files_is_the_platform_itself(cluster: postgres.Server, history: Settings) -> None:
    assert postgres.history_template(cluster, history, ()) == postgres.platform_template(cluster, history)


def test_each_file_runs_once_and_only_new_ones_run_later(
    cluster: postgres.Server, history: Settings, applied: list[str]
) -> None:
    for index in range(5):
        write(history, index, f"create table t{index} (a int)")
    first = postgres.history_template(cluster, history, read(history))
    assert applied == ["0000", "0001", "0002", "0003", "0004"]
    assert tables(cluster, first) == {"t0", "t1", "t2", "t3", "t4"}
    applied.clear()
    assert postgres.history_template(cluster, history, read(history)) == first
    assert applied == []
    write(history, 5, "create table t5 (a int)")
    second = postgres.history_template(cluster, history, read(history))
    assert applied == ["0005"]
    applied.clear()
    write(history, 5, "create table t5b (a int)")
    third = postgres.history_template(cluster, history, read(history))
    assert applied == ["0005"]
    assert tables(cluster, third) == {"t0", "t1", "t2", "t3", "t4", "t5b"}
    assert len({first, second, third}) == 3


def test_a_corrected_file_is_tried_again_without_what_went_well_before(
    cluster: postgres.Server, history: Settings, applied: list[str]
) -> None:
    files = [MigrationFile(history.migrations / f"9{i:03d}_m.sql", f"9{i:03d}", "m") for i in range(4)]
    for index, file in enumerate(files):
        file.path.write_text(f"create table u{index} (a int)" if index != 2 else "create tabel u2 (a int)")
    with pytest.raises(MigrationError) as caught:
        postgres.history_template(cluster, history, files)
    assert caught.value.data["file"] == "9002_m.sql"
    applied.clear()
    files[2].path.write_text("create table u2 (a int)")
    fresh = [MigrationFile(file.path, file.version, file.name) for file in files]
    name = postgres.history_template(cluster, history, fresh)
    assert applied == ["9002", "9003"]
    assert tables(cluster, name) == {"u0", "u1", "u2", "u3"}
    for file in files:
        file.path.unlink()


def test_nothing_of_a_file_that_copies_from_the_client_is_in_what_went_well_before(
    cluster: postgres.Server, make_project: Make
) -> None:
    settings = make_project("copies")
    server = postgres.shadow(settings)
    write(settings, 0, "create table before (a int)")
    write(settings, 1, "create table leaked (a int); copy leaked from stdin; create table leaked_too (a int)")
    with pytest.raises(MigrationError, match="COPY"):
        postgres.history_template(server, settings, read(settings))
    assert tables(server, postgres.history_template(server, settings, read(settings)[:1])) == {"before"}


def test_a_role_made_by_a_migration_is_made_again_on_every_replay(cluster: postgres.Server, make_project: Make) -> None:
    settings = make_project("roles")
    write(settings, 0, "create role reporting; create table r (a int); grant select on r to reporting;")
    write(settings, 1, "create table r1 (a int)")
    server = postgres.shadow(settings)
    first = postgres.history_template(server, settings, read(settings))
    write(settings, 0, "create role reporting; create table r (a int); grant insert on r to reporting;")
    second = postgres.history_template(server, settings, read(settings))
    assert first != second

    def grantee(database: str) -> list[tuple[object, ...]]:
        with server.connect(database) as connection:
            return connection.execute(
                "select grantee, privilege_type from information_schema.role_table_grants where table_name = 'r'"
                " and grantee not in ('postgres', 'anon', 'authenticated', 'service_role')"
            ).fetchall()

    assert grantee(second) == [("reporting", "INSERT")]
    # Going back to the first history shows its role under its name again.
    write(settings, 0, "create role reporting; create table r (a int); grant select on r to reporting;")
    assert postgres.history_template(server, settings, read(settings)) == first
    assert grantee(first) == [("reporting", "SELECT")]
    # And a history without it does not see it.
    postgres.history_template(server, settings, ())
    with server.admin() as connection:
        assert connection.execute("select 1 from pg_roles where rolname = 'reporting'").fetchone() is None


def test_a_role_that_nothing_refers_to_is_kept_with_its_history(cluster: postgres.Server, make_project: Make) -> None:
    """Another branch is replayed, which tidies, and then a migration is added to the first one."""
    settings = make_project("lonely-role")
    server = postgres.shadow(settings)
    write(settings, 0, "create role lonely")
    first = postgres.history_template(server, settings, read(settings))
    made = oid_of(server, "lonely")
    write(settings, 0, "create role other_branch")
    postgres.history_template(server, settings, read(settings))
    write(settings, 0, "create role lonely")
    write(settings, 1, "grant lonely to authenticated")
    assert postgres.history_template(server, settings, read(settings)) != first
    assert oid_of(server, "lonely") == made


def test_a_history_whose_role_was_dropped_is_replayed(cluster: postgres.Server, make_project: Make) -> None:
    settings = make_project("dropped-role")
    server = postgres.shadow(settings)
    write(settings, 0, "create role dropped_by_hand")
    postgres.history_template(server, settings, read(settings))
    with server.admin() as connection:
        connection.execute("drop role dropped_by_hand")
    assert "dropped_by_hand" in global_objects_of(server, settings, read(settings)).roles
    with server.admin() as connection:
        connection.execute("drop role dropped_by_hand")
    write(settings, 1, "grant dropped_by_hand to authenticated")
    postgres.history_template(server, settings, read(settings))


def test_old_templates_are_forgotten(cluster: postgres.Server, history: Settings) -> None:
    for turn in range(12):
        write(history, 5, f"create table turn{turn} (a int)")
        postgres.history_template(cluster, history, read(history))
    with cluster.admin() as connection:
        row = connection.execute("select count(*) from pg_database where datname like 'history\\_%'").fetchone()
    assert row is not None and row[0] <= 10


def test_one_more_file_costs_the_same_after_a_long_history(cluster: postgres.Server, make_project: Make) -> None:
    settings = make_project("long")
    server = postgres.shadow(settings)
    for index in range(300):
        write(settings, index, f"comment on schema public is '{index}'")
    started = time.perf_counter()
    postgres.history_template(server, settings, read(settings))
    whole = time.perf_counter() - started
    write(settings, 300, "comment on schema public is 'last'")
    started = time.perf_counter()
    postgres.history_template(server, settings, read(settings))
    # The 301st file alone, where the other 300 took `whole`: however busy the machine is, far less.
    assert time.perf_counter() - started < max(whole / 3, 0.5)


def test_a_damaged_note_means_a_replay_never_a_wrong_answer(cluster: postgres.Server, history: Settings) -> None:
    write(history, 6, "create table under_a_note (a int)")
    name = postgres.history_template(cluster, history, read(history))
    with cluster.admin() as connection:
        connection.execute(f"comment on database {name} is 'not ours'")
    again = postgres.history_template(cluster, history, read(history))
    assert again == name
    assert "under_a_note" in tables(cluster, again)


def test_scratch_databases_are_dropped_also_after_an_error(cluster: postgres.Server, history: Settings) -> None:
    template = postgres.platform_template(cluster, history)
    with pytest.raises(RuntimeError), cluster.scratch(template) as name:
        raise RuntimeError
    with cluster.admin() as connection:
        assert connection.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is None


def test_a_template_in_use_cannot_be_cloned_and_says_so(cluster: postgres.Server, history: Settings) -> None:
    template = postgres.platform_template(cluster, history)
    with cluster.connect(template), pytest.raises(DatabaseError) as caught, cluster.scratch(template):
        pass
    assert "connected" in caught.value.message


@pytest.fixture
def adopted(make_project: Make, request: pytest.FixtureRequest) -> Settings:
    """A project with two migrations that were never replayed."""
    settings = make_project(f"adopted_{request.node.name[-30:]}")
    write(settings, 0, "create role auditor; create table a (id int primary key); grant select on a to auditor;")
    write(settings, 1, "create table b (id int references a)")
    return settings


def apply_to_clone(server: postgres.Server, settings: Settings) -> str:
    """A clone of the platform to which the project's files were applied."""
    name = server.clone(postgres.platform_template(server, settings))
    with server.migrator(name) as connection:
        for file in read(settings):
            replay.apply_file(connection, file.text, version=file.version, name=file.name)
    return name


def test_a_database_with_the_files_applied_becomes_their_template(adopted: Settings, applied: list[str]) -> None:
    server, files = postgres.shadow(adopted), read(adopted)
    database = apply_to_clone(server, adopted)
    applied.clear()
    name = postgres.promote_to_template(server, adopted, files, database)
    assert name == postgres.template_name(server, adopted, files)
    assert database not in oids(server)
    assert postgres.history_template(server, adopted, files) == name
    assert applied == []
    # And the next file is applied to it, not the others once more.
    write(adopted, 2, "create table c (id int)")
    later = postgres.history_template(server, adopted, read(adopted))
    assert applied == ["0002"]
    assert tables(server, later) == {"a", "b", "c"}


def test_an_adopted_template_is_what_a_replay_would_have_made(adopted: Settings) -> None:
    server, files = postgres.shadow(adopted), read(adopted)
    replayed = schema(server, postgres.history_template(server, adopted, files))
    with server.admin() as connection:
        server.drop(postgres.template_name(server, adopted, files))
        server.drop(postgres.template_name(server, adopted, files[:1]))
        roles.show_only(connection, {})
    name = postgres.promote_to_template(server, adopted, files, apply_to_clone(server, adopted))
    assert name is not None
    assert schema(server, name) == replayed


def test_a_history_that_has_a_template_adopts_no_other(adopted: Settings) -> None:
    server, files = postgres.shadow(adopted), read(adopted)
    name = postgres.history_template(server, adopted, files)
    database = server.clone(name)
    before = oids(server)
    assert postgres.promote_to_template(server, adopted, files, database) is None
    assert oids(server) == before
    server.drop(database)


def test_a_database_in_use_is_not_adopted(adopted: Settings, applied: list[str]) -> None:
    server, files = postgres.shadow(adopted), read(adopted)
    database = apply_to_clone(server, adopted)
    with server.connect(database) as connection:
        assert postgres.promote_to_template(server, adopted, files, database) is None
        assert connection.execute("select count(*) from a").fetchone() == (0,)
    assert database in oids(server)
    assert postgres.template_name(server, adopted, files) not in oids(server)
    # Its own marks no longer mislead: it has no template's name.
    assert postgres.promote_to_template(server, adopted, files, database) is not None


def test_the_roles_of_adopted_migrations_come_and_go_with_it(adopted: Settings) -> None:
    server, files = postgres.shadow(adopted), read(adopted)
    name = postgres.promote_to_template(server, adopted, files, apply_to_clone(server, adopted))
    assert name is not None

    def auditors() -> int:
        with server.admin() as connection:
            return len(connection.execute("select from pg_roles where rolname = 'auditor'").fetchall())

    postgres.history_template(server, adopted, ())
    assert auditors() == 0
    postgres.history_template(server, adopted, files)
    assert auditors() == 1
    with server.connect(name) as connection:
        row = connection.execute("select has_table_privilege('auditor', 'a', 'select')").fetchone()
    assert row == (True,)


def test_old_templates_are_forgotten_with_their_spares_also_when_others_are_adopted(adopted: Settings) -> None:
    server = postgres.shadow(adopted)
    (adopted.migrations / "0000_m.sql").unlink()
    (adopted.migrations / "0001_m.sql").unlink()
    made: list[str] = []
    for turn in range(12):
        write(adopted, 0, f"create table turn{turn} (id int)")
        name = postgres.promote_to_template(server, adopted, read(adopted), apply_to_clone(server, adopted))
        assert name is not None
        with server.admin() as connection:
            clone_pool.refill(connection, name)
        made.append(name)
    there = oids(server).keys()
    kept = [name for name in made if name in there]
    assert kept == made[-len(kept) :]
    assert 2 <= len(kept) <= 9
    assert {name for name in there if name.startswith("spare_history_")} == {clone_pool.name_of(name) for name in kept}


def test_roles_sql_comes_before_the_first_migration(make_project: Callable[..., Settings]) -> None:
    settings = make_project("with-roles")
    (settings.supabase / "roles.sql").write_text(
        "create role reporting nologin;\ncreate role second in role reporting;\n"
    )
    path = settings.migrations / "0001_t.sql"
    server = postgres.shadow(settings)
    empty = postgres.history_template(server, settings, [])
    assert roles_of(server, empty) == {"reporting", "second"}
    path.write_text("create table public.t (id int); grant select on public.t to reporting")
    first = postgres.history_template(server, settings, read(settings))
    assert postgres.template_name(server, settings, read(settings)) == first
    (settings.supabase / "roles.sql").write_text("create role reporting nologin;")
    second = postgres.history_template(server, settings, read(settings))
    assert second != first
    assert roles_of(server, second) == {"reporting"}
    (settings.supabase / "roles.sql").unlink()
    with pytest.raises(MigrationError, match='role "reporting" does not exist'):
        postgres.history_template(server, settings, read(settings))


def test_roles_sql_that_does_not_apply_says_where(make_project: Callable[..., Settings]) -> None:
    settings = make_project("with-wrong-roles")
    (settings.supabase / "roles.sql").write_text("create role reporting nologin;\nalter role reporting superuser;\n")
    with pytest.raises(MigrationError, match=r"roles\.sql:2 does not apply"):
        postgres.history_template(postgres.shadow(settings), settings, [])


def oid_of(server: postgres.Server, role: str) -> object:
    with server.admin() as connection:
        return connection.execute("select oid from pg_roles where rolname = %s", (role,)).fetchone()


def roles_of(server: postgres.Server, database: str) -> set[str]:
    with server.scratch(database) as name, server.connect(name) as connection:
        rows = connection.execute("select rolname from pg_roles where rolname in ('reporting', 'second')").fetchall()
    return {str(name) for (name,) in rows}


def test_a_file_that_fails_half_way_leaves_no_template_with_its_half(make_project: Make) -> None:
    settings = make_project("half")
    server = postgres.shadow(settings)
    half = "create table half (a int);\ncreate index concurrently on half (a);\n"
    write(settings, 1, "create table good (a int);")
    write(settings, 2, f"{half}select 1 / 0;")
    write(settings, 3, "select 1;")
    with pytest.raises(MigrationError):
        postgres.history_template(server, settings, read(settings))
    write(settings, 2, half)
    assert tables(server, postgres.history_template(server, settings, read(settings))) == {"good", "half"}


def test_a_transaction_may_end_in_the_next_file_but_not_stay_open(make_project: Make) -> None:
    settings = make_project("open")
    server = postgres.shadow(settings)
    write(settings, 1, "begin; create table b (a int);")
    write(settings, 2, "commit;")
    assert tables(server, postgres.history_template(server, settings, read(settings))) == {"b"}
    write(settings, 2, "select 1;")
    with pytest.raises(MigrationError) as caught:
        postgres.history_template(server, settings, read(settings))
    assert caught.value.code == "transaction-open"
