"""What PostgreSQL refuses is told with the word that helps."""

from __future__ import annotations

import pytest
from sqlalchemy import ARRAY, Column, Computed, Enum, Index, Integer, MetaData, Table, Text, text
from sqlalchemy.dialects.postgresql import CITEXT, DOMAIN, ENUM
from sqlalchemy.types import UserDefinedType

from supabase_tasks import postgres
from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models, desired
from supabase_tasks.models.collect import collect_models
from supabase_tasks.models.ddl import ddl_statements
from supabase_tasks.models.declaration import Statement
from supabase_tasks.models.refusals import advice
from supabase_tasks.schema import Extension, Sql, TableOptions
from supabase_tasks.settings import Settings

MISSED = {
    'type "geometry" does not exist': "postgis",
    'type "public.vector" does not exist': "vector",
    'type "citext" does not exist': "citext",
    'operator class "gin_trgm_ops" does not exist for access method "gin"': "pg_trgm",
    'operator class "halfvec_l2_ops" does not exist for access method "hnsw"': "vector",
    'access method "hnsw" does not exist': "vector",
    "function uuid_generate_v4() does not exist": "uuid-ossp",
    "function public.similarity(text, text) does not exist": "pg_trgm",
    "function st_makepoint(integer, integer) does not exist": "postgis",
    'data type integer has no default operator class for access method "gist"': "btree_gist",
    'data type uuid has no default operator class for access method "gin"': "btree_gin",
    'schema "cron" does not exist': "pg_cron",
    'text search dictionary "unaccent" does not exist': "unaccent",
    'required extension "postgis" is not installed': "postgis",
    'access method "pgroonga" does not exist': "pgroonga",
    'operator class "rum_tsvector_ops" does not exist for access method "rum"': "rum",
    "function pgr_dijkstra(unknown, integer, integer) does not exist": "pgrouting",
}


@pytest.mark.parametrize(("message", "extension"), MISSED.items(), ids=MISSED)
def test_what_an_extension_brings_names_the_extension_and_the_word(message: str, extension: str) -> None:
    assert f"Extension({extension!r})" in advice(Statement("…", "table", ("public", "t")), "42704", message)


def test_an_unknown_type_names_the_ways_to_declare_it() -> None:
    told = advice(Statement("…", "table", ("public", "t")), "42704", 'type "public.mood" does not exist')
    assert told.startswith("declare public.mood: ")


class Geometry(UserDefinedType[str]):
    """What GeoAlchemy2 writes."""

    cache_ok = True

    def __init__(self, spec: str) -> None:
        self.spec = spec

    def get_col_spec(self, **_: object) -> str:
        return self.spec


def table(metadata: MetaData, *columns: object, **options: object) -> Models:
    Table("t", metadata, Column("id", Integer, primary_key=True), *columns, **options)  # type: ignore[arg-type]
    return collect_models(metadata)


def refused(server: postgres.Server, settings: Settings, platform: str, models: Models) -> ModelsError:
    with pytest.raises(ModelsError) as caught:
        desired.build_desired(server, settings, models, platform)
    return caught.value


def test_refusals_by_postgresql_itself(server: postgres.Server, settings: Settings, platform: str) -> None:
    virtual = refused(
        server, settings, platform, table(MetaData(), Column("b", Integer, Computed("id * 2", persisted=False)))
    )
    assert "persisted=True" in str(virtual.next_step)
    unsaid = refused(server, settings, platform, table(MetaData(), Column("b", CITEXT)))
    assert "Extension('citext')" in str(unsaid.next_step)
    metadata = MetaData()
    Table("parent", metadata, Column("id", Integer), schema="fleet")
    child = refused(server, settings, platform, table(metadata, schema="fleet", postgresql_inherits="fleet.parent"))
    assert "TableOptions(inherits=['fleet.parent'])" in str(child.next_step)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('"Fleet"."Parent"', "TableOptions(inherits=['Fleet.Parent'])"),
        ('Fleet."Parent"', "TableOptions(inherits=['Fleet.Parent'])"),
        ('"Parent"', "write 'Parent' in postgresql_inherits"),
        (("Plain", '"Parent"'), "write 'Parent' in postgresql_inherits"),
        (("plain", "Fleet.Parent"), "TableOptions(inherits=['Fleet.Parent'])"),
    ],
)
def test_a_parent_that_is_more_than_a_name_is_pointed_to_the_word_for_it(
    written: object, told: str, server: postgres.Server, settings: Settings, platform: str
) -> None:
    metadata = MetaData()
    for name in ("Parent", "Plain", "plain"):
        Table(name, metadata, Column("id", Integer))
    Table("Parent", metadata, Column("id", Integer), schema="Fleet")
    assert told in str(refused(server, settings, platform, table(metadata, postgresql_inherits=written)).next_step)


def test_a_parent_of_another_schema_is_taken_as_the_advice_says(
    server: postgres.Server, settings: Settings, platform: str
) -> None:
    metadata = MetaData()
    Table("Parent", metadata, Column("id", Integer, primary_key=True), schema="Fleet")
    models = table(metadata, TableOptions(inherits=["Fleet.Parent"]))
    query = "select inhparent::regclass::text from pg_inherits where inhrelid = 'public.t'::regclass"
    assert built(server, settings, platform, models, query) == ['"Fleet"."Parent"']


def built(server: postgres.Server, settings: Settings, platform: str, models: Models, *queries: str) -> list[object]:
    name = desired.build_desired(server, settings, models, platform)
    try:
        with server.connect(name) as connection:
            rows = [connection.execute(query.encode()).fetchone() for query in queries]
            return [row and row[0] for row in rows]
    finally:
        server.drop(name)


def test_types_of_no_column_and_without_create_type_are_made(
    server: postgres.Server, settings: Settings, platform: str
) -> None:
    metadata = MetaData()
    Enum("x", "y", name="loose", metadata=metadata)
    Enum(name="empty", metadata=metadata)
    kind = ENUM("bus", "tram", name="kind", create_type=False)
    models = table(
        metadata, Column("k", kind), Column("l", ARRAY(kind)), Column("d", DOMAIN("pos", Integer, create_type=False))
    )
    labels = "select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = '{}'::regtype"
    queries = (labels.format("loose"), labels.format("kind"), labels.format("empty"), "select 'pos'::regtype::text")
    assert built(server, settings, platform, models, *queries) == ["x,y", "bus,tram", None, "pos"]


def test_a_type_that_something_else_makes_is_left_to_it(
    server: postgres.Server, settings: Settings, platform: str
) -> None:
    metadata = MetaData()
    Sql("create type public.kind as enum ('tram', 'bus')", metadata=metadata)
    models = table(metadata, Column("k", ENUM("bus", "tram", name="kind", create_type=False)))
    assert "enum" not in [one.kind for one in ddl_statements(models) if "create_type" in one.sql or "do $" in one.sql]
    labels = "select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum"
    assert built(server, settings, platform, models, labels + " where enumtypid = 'kind'::regtype") == ["tram,bus"]


SPECS = ("geometry(POINT,4326)", "geometry(GEOMETRY,-1)", "geography(MULTIPOLYGON,4326)", "geometry(POINTZ,3857)")


def test_what_a_stand_in_cannot_take_is_kept(server: postgres.Server, settings: Settings, platform: str) -> None:
    metadata = MetaData()
    Extension("postgis", metadata=metadata)
    Extension("vector", metadata=metadata)
    columns = [Column(f"g{number}", Geometry(spec)) for number, spec in enumerate(SPECS)]
    index = Index("i", "v", postgresql_using="hnsw", postgresql_with={"m": 16}, postgresql_ops={"v": "vector_l2_ops"})
    lists = Index("j", text("v vector_l2_ops"), postgresql_using="ivfflat", postgresql_with={"lists": 100})
    models = table(metadata, *columns, Column("v", Geometry("vector(3)")), Column("n", Text), index, lists)
    name = desired.build_desired(server, settings, models, platform)
    try:
        with server.connect(name) as connection:
            from supabase_tasks.diff.reader import read_snapshot

            found = read_snapshot(connection)
    finally:
        server.drop(name)
    assert [found.get("column", "public", "t", f"g{number}").type for number in range(4)] == [
        "extensions.geometry(Point,4326)",
        "extensions.geometry",
        "extensions.geography(MultiPolygon,4326)",
        "extensions.geometry(PointZ,3857)",
    ]
    assert found.get("index", "public", "i").options == ("m=16",)
    assert found.get("index", "public", "j").options == ("lists=100",)


@pytest.mark.parametrize(
    ("sql", "message", "named"),
    [
        ("create extension plv8", 'extension "plv8" is not available', "plv8, for which there is no stand-in"),
        ("CREATE INDEX i ON t USING rum (a) WITH (attach = 'b')", 'unrecognized parameter "attach"', "rum itself"),
        (
            "CREATE INDEX i ON t USING pgroonga (a) WITH (tokenizer = 'x')",
            'unrecognized parameter "tokenizer"',
            "pgroonga itself",
        ),
    ],
)
def test_what_this_server_lacks_is_named(sql: str, message: str, named: str) -> None:
    told = advice(Statement(sql, "index", ("public", "i")), "0A000", message)
    assert named in told and "postgres_path" in told


def test_a_wrong_parameter_of_another_method_is_the_models() -> None:
    statement = Statement("CREATE INDEX i ON t USING gin (a) WITH (x = 1)", "index", ("public", "i"))
    assert "correct the model" in advice(statement, "22023", 'unrecognized parameter "x"')
