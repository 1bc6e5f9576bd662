from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from supabase_tasks import postgres
from supabase_tasks.errors import MigrationError
from supabase_tasks.postgres import standin_rewrites, standins

NAMES = [item.name for item in standins.read_all()]


@pytest.fixture(scope="module")
def database(server: postgres.Server, platform: str) -> Iterator[str]:
    with server.scratch(platform) as name:
        with server.connect(name) as connection:
            for extension in NAMES:
                connection.execute(f'create extension if not exists "{extension}" cascade')
        yield name


@pytest.fixture
def connection(server: postgres.Server, database: str) -> Iterator[psycopg.Connection]:
    with server.connect(database, autocommit=False) as open_connection:
        yield open_connection
        open_connection.rollback()


def one(connection: psycopg.Connection, sql: str) -> object:
    row = connection.execute(sql).fetchone()
    assert row is not None
    return row[0]


def test_every_stand_in_is_created_dumped_and_dropped_as_postgres(
    server: postgres.Server, platform: str, database: str
) -> None:
    dump = server.dump_schema(database)
    for name in NAMES:
        quoted = f'"{name}"' if "-" in name else name
        assert f"CREATE EXTENSION IF NOT EXISTS {quoted} " in dump
    with server.scratch(platform) as fresh, server.connect(fresh) as connection:
        for name in NAMES:
            connection.execute(f'create extension if not exists "{name}" cascade')
        for name in NAMES:
            connection.execute(f'drop extension if exists "{name}" cascade')


@pytest.mark.parametrize("name", NAMES)
def test_a_pinned_version_is_accepted(server: postgres.Server, platform: str, name: str) -> None:
    version = next(item for item in standins.read_all() if item.name == name).versions[-1]
    with server.connect(platform) as connection:
        found = one(
            connection,
            f"select count(*) from pg_available_extension_versions where name = '{name}' and version = '{version}'",
        )
        assert found == 1


# Expected values: RFC 4122 / Python's uuid module; jwt.io's well-known token; pgvector's README.
COMPUTED = {
    "uuid_generate_v5(uuid_ns_dns(), 'www.example.com')::text": "2ed6657d-e927-568b-95e1-2665a8aea6a2",
    "uuid_generate_v3(uuid_ns_dns(), 'www.example.com')::text": "5df41881-3aed-3515-88a7-2f4a814cf09e",
    "substr(uuid_generate_v1()::text, 15, 1)": "1",
    'sign(\'{"sub":"1234567890","name":"John Doe","admin":true}\', \'secret\')': (
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiYWRtaW4iOnRydWV9"
        ".TJVA95OrM7E2cBab30RMHrHDcEfxjoYZgeFONFh7HgQ"
    ),
    "(select valid from verify(sign('{\"a\":1}', 'k', 'HS512'), 'k', 'HS512'))": True,
    "(select valid from verify(sign('{\"a\":1}', 'k'), 'other'))": False,
    "'[1,2,3]'::vector <-> '[4,6,3]'": 5.0,
    "'[1,2,3]'::vector <#> '[4,5,6]'": -32.0,
    "'[1,0]'::vector <=> '[0,1]'": 1.0,
    "'[1,2]'::vector <+> '[4,6]'": 7.0,
    "('[1,2]'::vector + '[3,4]')::text": "[4,6]",
    "(array[1, 2.5]::vector(2))::text": "[1,2.5]",
    "'{1:3,3:4}/5'::sparsevec <-> '{}/5'": 5.0,
    "(select avg(v)::text from (values ('[1,2]'::vector), ('[3,4]')) as x (v))": "[2,3]",
    'jsonb_matches_schema(\'{"type":"string","maxLength":4}\', \'"abcd"\')': True,
    'jsonb_matches_schema(\'{"type":"string","maxLength":4}\', \'"abcde"\')': False,
    'jsonb_matches_schema(\'{"required":["a"]}\', \'{"b":1}\')': False,
    'jsonb_matches_schema(\'{"oneOf":[{"type":"null"},{"type":"integer"}]}\', \'1\')': True,
    "urlencode('a b&ä')": "a%20b%26%C3%A4",
    "st_x(st_setsrid(st_makepoint(1, 2), 4326))": 1.0,
    "round(st_distance(st_point(0, 0)::geography, st_point(0, 1)::geography))": 111195.0,
}


@pytest.mark.parametrize("expression", COMPUTED)
def test_what_sql_can_compute_is_computed(connection: psycopg.Connection, expression: str) -> None:
    assert one(connection, f"select {expression}") == COMPUTED[expression]


UNAVAILABLE = (
    "http_get('http://x')",
    "graphql.resolve('{a}')",
    "st_area('POINT(1 2)'::geometry)",
    "index_advisor('select 1')",
)


@pytest.mark.parametrize("call", UNAVAILABLE)
def test_what_cannot_be_computed_says_so_when_it_is_called(connection: psycopg.Connection, call: str) -> None:
    with pytest.raises(psycopg.errors.FeatureNotSupported, match="not available in the embedded database"):
        connection.execute(f"select {call}")


def test_a_vector_of_wrong_dimension_is_refused(connection: psycopg.Connection) -> None:
    connection.execute("create table docs (e vector(3))")
    with pytest.raises(psycopg.errors.DataException, match="expected 3 dimensions, not 2"):
        connection.execute("insert into docs values ('[1,2]')")


def test_nearest_neighbours_are_right_with_an_index(connection: psycopg.Connection) -> None:
    connection.execute("create table docs (id int, e vector(2))")
    connection.execute("create index on docs using hnsw (e vector_cosine_ops)")
    connection.execute("insert into docs select i, array[i, 10]::vector from generate_series(1, 50) as i")
    rows = connection.execute("select id from docs order by e <-> '[7.2,10]' limit 3").fetchall()
    assert rows == [(7,), (8,), (6,)]


def test_the_vector_extension_can_be_moved(server: postgres.Server, platform: str) -> None:
    sql = "create extension vector; create table t (e vector(2)); alter extension vector set schema extensions"
    with server.scratch(platform) as fresh, server.migrator(fresh) as connection:
        postgres.apply_file(connection, sql, version="1", name="x")
        connection.execute("set search_path = ''; insert into public.t values ('[3,4]')")
        assert one(connection, "select e operator(extensions.<->) '[0,0]' from public.t") == 5.0


def test_a_queue_keeps_orders_and_archives(connection: psycopg.Connection) -> None:
    connection.execute("select pgmq.create('jobs')")
    connection.execute("select pgmq.send('jobs', '{\"n\": 1}'), pgmq.send('jobs', '{\"n\": 2}', 60)")
    assert one(connection, "select message ->> 'n' from pgmq.read('jobs', 30, 10)") == "1"
    assert connection.execute("select * from pgmq.read('jobs', 30, 10)").fetchall() == []
    assert one(connection, "select pgmq.archive('jobs', 1)") is True
    assert one(connection, "select queue_length from pgmq.metrics('jobs')") == 1
    assert one(connection, "select pgmq.purge_queue('jobs')") == 1


def test_a_job_is_scheduled_renamed_and_unscheduled(connection: psycopg.Connection) -> None:
    first = one(connection, "select cron.schedule('nightly', '0 3 * * *', 'select 1')")
    assert one(connection, "select cron.schedule('nightly', '30 seconds', 'select 2')") == first
    assert (
        one(connection, "select username || ' ' || schedule from cron.job where jobname = 'nightly'")
        == "postgres 30 seconds"
    )
    assert one(connection, "select cron.unschedule('nightly')") is True
    with pytest.raises(psycopg.errors.InvalidParameterValue, match="invalid schedule"), connection.transaction():
        connection.execute("select cron.schedule('bad', 'whenever', 'select 1')")
    with pytest.raises(psycopg.errors.RaiseException, match="could not find valid entry"):
        connection.execute("select cron.unschedule('nightly')")


def test_pg_cron_is_in_pg_catalog_wherever_it_is_asked_for(server: postgres.Server, platform: str) -> None:
    with server.scratch(platform) as name, server.migrator(name) as session:
        for where in ("", "with schema extensions", 'schema "public" cascade'):
            session.execute(f"create extension pg_cron {where}".encode())
            found = (
                "select extnamespace::regnamespace::text, cron.schedule('n', '* * * * *', 'x') > 0 from pg_extension"
            )
            assert session.execute(f"{found} where extname = 'pg_cron'".encode()).fetchone() == ("pg_catalog", True)
            assert "CREATE EXTENSION IF NOT EXISTS pg_cron WITH SCHEMA pg_catalog" in server.dump_schema(name)
            session.execute("drop extension pg_cron")
        session.execute("create schema cron")


def test_what_a_server_has_itself_is_used_and_may_be_created_unless_it_must_be_preloaded(tmp_path: Path) -> None:
    for name in ("pg_cron", "pgaudit", "postgis", "pgtap", "file_fdw"):
        (tmp_path / f"{name}.control").write_text(f"comment = 'the real {name}'\ndefault_version = '0'\n")
        (tmp_path / f"{name}--0.sql").write_text("select 'real';\n")
    assert set(standins.real_names(tmp_path, tmp_path)) == {"postgis", "pgtap"}
    written = standins.install(tmp_path, 17, tmp_path)
    assert {"pg_cron", "pgaudit", "vector"} <= set(written) and not {"postgis", "pgtap"} & set(written)
    controls = {path.stem: path.read_text() for path in tmp_path.glob("*.control")}
    assert "the real" not in controls["pg_cron"] + controls["pgaudit"]
    assert [name for name in ("postgis", "pgtap") if "trusted = true" not in controls[name]] == []
    # A file of the server's is no privilege of a guest.
    assert "trusted" not in controls["file_fdw"]
    assert not (tmp_path / "pg_cron--0.sql").exists()
    assert "event_triggers" in (tmp_path / "pgtap--0.sql").read_text()


def test_a_secret_is_kept_and_read_back(connection: psycopg.Connection) -> None:
    connection.execute("select vault.create_secret('s3cret', 'key', 'why')")
    connection.execute("select vault.update_secret((select id from vault.secrets), 'n3w')")
    assert one(connection, "select decrypted_secret from vault.decrypted_secrets where name = 'key'") == "n3w"
    assert one(connection, "select secret from vault.secrets") != "n3w"


def test_a_request_is_queued_and_never_sent(connection: psycopg.Connection) -> None:
    assert one(connection, "select net.http_post('http://x', '{\"a\":1}')") == 1
    assert one(connection, "select url || convert_from(body, 'UTF8') from net.http_request_queue") == 'http://x{"a": 1}'


def test_what_needs_c_is_a_number_for_the_server_and_kept_in_the_history(
    server: postgres.Server, platform: str
) -> None:
    sql = (
        "create extension vector; create extension postgis;\n"
        "create table t (e vector(3), g geography(Point, 4326));\n"
        "create index on t using hnsw (e vector_l2_ops) with (m = 16, ef_construction = '64')"
    )
    with server.scratch(platform) as fresh, server.migrator(fresh) as connection:
        postgres.apply_file(connection, sql, version="1", name="x")
        recorded = one(connection, "select statements from supabase_migrations.schema_migrations")
        assert recorded == [part.strip() for part in sql.split(";\n")[0].split(";")] + sql.split(";\n")[1:]
        with pytest.raises(MigrationError) as caught:
            postgres.apply_file(connection, "alter table t add h geometry(Point), add nope nope", version="2", name="x")
        assert caught.value.data["position"] == 47


def test_nothing_is_changed_where_the_extension_is_real() -> None:
    sql = "create index on t using hnsw (e vector_l2_ops) with (m = 16)"
    assert standin_rewrites.rewrite(sql, ()) == sql
    assert standin_rewrites.rewrite(sql, ("vector",)).endswith("with (col30=16)")
    other = "create index on t using btree (e) with (fillfactor = 70)"
    assert standin_rewrites.rewrite(other, ("vector",)) == other


@pytest.mark.parametrize(
    "text",
    [
        'GRANT ALL ON FUNCTION "public"."geometry"("point") TO "postgres"',
        "comment on function extensions.geometry(polygon) is 'x'",
        "drop routine if exists geography(geometry)",
        "select st_geometry(point)",
        "select my_geometry ( 'Point' )",
        "create table geometry_points (id int)",
        "create table t (g geometry(Nonsense, 1))",
        "create table t (g geometry(Point, 1000000))",
    ],
)
def test_what_is_no_modifier_stays_as_it_is(text: str) -> None:
    assert standin_rewrites.rewrite(text, ("postgis",)) == text


def test_a_hypertable_is_a_table_with_its_index_and_time_falls_into_buckets(connection: psycopg.Connection) -> None:
    connection.execute(
        "create table public.events (at timestamptz, n int); "
        "select create_hypertable('public.events', 'at', chunk_time_interval => interval '7 days')"
    )
    found = "select indexdef from pg_indexes where tablename = 'events'"
    assert one(connection, found) == "CREATE INDEX events_at_idx ON public.events USING btree (at DESC)"
    assert one(
        connection, "select attnotnull from pg_attribute where attrelid = 'public.events'::regclass and attnum = 1"
    )
    for width, moment, bucket in (
        ("15 minutes", "2024-05-05 10:29:59+00", "2024-05-05 10:15:00+00"),
        ("1 week", "2024-05-05 10:00:00+00", "2024-04-29 00:00:00+00"),
        ("3 months", "2024-05-05 10:00:00+00", "2024-04-01 00:00:00+00"),
        ("1 year", "1999-05-05 10:00:00+00", "1999-01-01 00:00:00+00"),
    ):
        asked = f"select time_bucket('{width}'::interval, '{moment}'::timestamptz) = '{bucket}'::timestamptz"
        assert one(connection, asked) is True, width
    assert one(connection, "select time_bucket(10, -1)") == -10


SEARCHED = {
    "pgroonga": "create index on t using pgroonga (a, b pgroonga_text_array_term_search_ops_v2, c, d)",
    "pgroonga, one": "create index on t using pgroonga (a pgroonga_text_regexp_ops_v2); create index on t using pgroonga (e)",
    "rum": "create index on t using rum (s); create index on t using rum (b); create index on t using rum (d, e, g)",
    "rum with an addition": "create index on t using rum (s rum_tsvector_addon_ops, d)",
}


@pytest.mark.parametrize("indexes", SEARCHED.values(), ids=SEARCHED)
def test_indexes_of_search_extensions_are_made_and_hold_rows(connection: psycopg.Connection, indexes: str) -> None:
    connection.execute(
        "create table t (a text, b text[], c jsonb, d timestamptz, e varchar, g int,"
        " s tsvector generated always as (to_tsvector('english', a)) stored)"
    )
    connection.execute(indexes)
    connection.execute(
        "insert into t values ('a cat', '{x}', '{}', now(), 'y', 1), (null, null, null, null, null, null)"
    )
    connection.execute("create view v as select a from t where a &@~ 'cat' or b &@ 'x' or c &@ 'y' or e &^ 'y'")
    connection.execute("create policy p on t using (s @@ plainto_tsquery('cat'))")
    assert one(connection, "select a from t where s @@ plainto_tsquery('english', 'cats')") == "a cat"


def test_distances_of_rum_are_computed(connection: psycopg.Connection) -> None:
    assert one(connection, "select timestamp '2026-01-02' <=> timestamp '2026-01-01'") == 86400.0
    assert one(connection, "select 3 <=| 5") == 2.0
    assert one(connection, "select 3 |=> 5") == float("inf")


@pytest.mark.parametrize(
    ("call", "name"),
    [
        ("select 'a' &@~ 'b'::text", "pgroonga_query"),
        ("select to_tsvector('a') <=> to_tsquery('a')", "rum_ts_distance"),
        ("select * from pgr_dijkstra('select 1', 1, 2)", "pgr_dijkstra"),
    ],
)
def test_what_searches_or_routes_says_that_it_cannot(connection: psycopg.Connection, call: str, name: str) -> None:
    with pytest.raises(psycopg.errors.FeatureNotSupported, match=rf"{name}\(\) is not available"):
        connection.execute(call)
