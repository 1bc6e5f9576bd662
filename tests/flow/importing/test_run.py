from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import databases, one_more
from support.imported import project, run

from supabase_tasks import postgres, settings
from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.errors import TaskError
from supabase_tasks.flow.importing import plain
from supabase_tasks.flow.importing.proving import ImportResult
from supabase_tasks.flow.importing.run import write

pytestmark = pytest.mark.server

HAIRY = (Path(__file__).parent / "hairy.sql").read_text()


@pytest.fixture(scope="module")
def hairy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, dict[str, object]]]:
    """A project whose one migration has everything, after its import."""
    root = project(tmp_path_factory.mktemp("hairy"), HAIRY)
    done = run(root, "schema-import", "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    yield root, json.loads(done.stdout)
    postgres.stop(settings.load(root))


def test_the_import_is_proven_and_the_next_check_agrees(hairy: tuple[Path, dict[str, object]]) -> None:
    root, report = hairy
    assert (report["tables"], report["left"]) == (14, [])
    assert report["notes"] == ["public.stays has policies and no row level security: they have no effect"]
    policies = (root / "db" / "sql" / "policies.sql").read_text()
    assert (
        'CREATE POLICY "switched off"' in policies
        and "ALTER TABLE public.stays DISABLE ROW LEVEL SECURITY;" in policies
    )
    assert settings.load(root).models == "db.schema"
    done = run(root, "schema-check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_modules_are_formatted_and_clean(hairy: tuple[Path, dict[str, object]]) -> None:
    for arguments in (["format", "--check"], ["check", "--select", "E,F,I,UP,B", "--line-length", "100"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--isolated", "db"]
        done = subprocess.run(command, cwd=hairy[0], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_what_models_can_say_is_said_in_models(hairy: tuple[Path, dict[str, object]]) -> None:
    source = (hairy[0] / "db" / "schema" / "shop.py").read_text()
    for line in (
        "class Product(SQLModel, table=True):",
        'Grant("select, insert", to=authenticated),',
        'Policy("everything", "all", using="true", check="price > 0"),',
        'columns=["title", "price"],',
        'sa.text("price desc nulls last"),',
        'sa.CheckConstraint("price >= 0"),',
        'sa.UniqueConstraint("title", "price", postgresql_nulls_not_distinct=True),',
        "    title: str = Field(max_length=80)\n    price: Decimal = Field(max_digits=10, decimal_places=2)\n",
        "    weight: float | None = None\n    tags: list[str] | None = Field(default=None, sa_type=TextArray)\n",
        "    from_: dt.datetime | None = Field(\n",
        '        default=None, foreign_key="shop.products.id", sa_type=sa.BigInteger\n',
    ):
        assert line in source
    public = (hairy[0] / "db" / "schema" / "public.py").read_text()
    assert 'sa.CheckConstraint(sa.literal_column("name ~ \'[[:alpha:]%]\'"), name="letters"),' in public
    assert '    """Who belongs to an organisation."""\n\n    __tablename__ = "members"\n' in public
    assert '        {"comment": __doc__},\n' in public
    assert "sa_column=" not in source + public
    assert 'Policy("audits", "select", to="auditor", using="price > 9"),' in source
    assert 'auditor = Role("auditor")\n' in (hairy[0] / "db" / "schema" / "roles.py").read_text()
    rest = (hairy[0] / "db" / "sql" / "rest.sql").read_text()
    assert "letters" not in rest and "products" not in rest


def test_what_tables_have_beyond_columns_is_said_in_models(hairy: tuple[Path, dict[str, object]]) -> None:
    public, shop = ((hairy[0] / "db" / "schema" / f"{name}.py").read_text() for name in ("public", "shop"))
    for line in (
        "        Partition(\n"
        '            "readings_north", "in (\'a) TO (b\', \'oslo\')", partition_by="RANGE (at)"\n        ),\n',
        '        Statistics("readings_of_places", ["place", "at"], ["ndistinct"]),\n',
        '        TableOptions(cluster_on="statistics_pkey"),\n        ReplicaIdentity("statistics_pkey"),\n'
        '        Publication("supabase_realtime", columns=["id"], where="id > 3"),\n',
        '            ("room", "="),\n            (sa.text(\'daterange("from", "from" + 1)\'), "&&"),\n',
    ):
        assert line in public
    assert 'pg.ExcludeConstraint(("during", "&&"), using="gist"),' in shop
    assert 'TableOptions(unlogged=True, storage={"fillfactor": 70}),' in shop
    assert '        Partition("readings_south", "in (\'rome\')", row_level_security=False),\n' in public
    # What the language has no word for: a partition of a partition, one with storage of its own.
    rest = (hairy[0] / "db" / "sql" / "rest.sql").read_text()
    assert [line.split()[2] for line in rest.splitlines() if line] == [
        "public.readings_north_old", "shop.events_rest",
    ]  # fmt: skip


def test_a_field_says_what_the_column_is(hairy: tuple[Path, dict[str, object]]) -> None:
    public = (hairy[0] / "db" / "schema" / "public.py").read_text()
    for field in (
        "    plan: Status = Field(\n        default=Status.DRAFT,\n        sa_type=StatusType,\n"
        '        sa_column_kwargs={"server_default": "draft"},\n    )\n',
        "    plans: list[Status] = Field(\n        default_factory=list,\n        sa_type=StatusArray,\n"
        '        sa_column_kwargs={"server_default": sa.text("\'{}\'")},\n    )\n',
        '    organisation_id: UUID = Field(foreign_key="organisations.id", ondelete="CASCADE")\n',
        '    sort: int = Field(default=3, sa_column_kwargs={"server_default": sa.text("3")})\n',
        "    ratio: float = Field(\n"
        '        default=-0.5, sa_column_kwargs={"server_default": sa.text("-0.5")}\n    )\n',
        "    code: str = Field(unique=True, max_length=9)\n",
    ):
        assert field in public


def test_an_index_that_sqlalchemy_would_name_so_is_said_at_its_column(hairy: tuple[Path, dict[str, object]]) -> None:
    shop = (hairy[0] / "db" / "schema" / "shop.py").read_text()
    drawers = shop[shop.index("class Drawer(") :].split("\n\n\n")[0]
    assert re.findall(r"sa\.Index\(\s*\"(\w+)\"", drawers) == [
        "ix_drawers_named", "ix_shop_drawers_late", "ix_shop_drawers_part", "ix_shop_drawers_twice",
    ]  # fmt: skip
    for field in (
        "    plain: int | None = Field(default=None, index=True)\n",
        "    alone: int | None = Field(default=None, index=True, unique=True)\n",
        "    twice: int | None = Field(default=None, unique=True)\n",
        '    Odd_one: int | None = Field(\n        default=None, index=True, sa_column_kwargs={"name": "Odd one"}\n    )\n',
    ):
        assert field in drawers


def test_rows_can_be_written_and_read_through_the_models(hairy: tuple[Path, dict[str, object]]) -> None:
    root, _ = hairy
    loaded = settings.load(root)
    server = postgres.local(loaded)
    url = server.url().replace("postgresql://postgres@", f"postgresql+psycopg://postgres:{server.password}@")
    migration = (
        "from supabase_tasks import postgres, settings\n"
        "from supabase_tasks.ledger import files\n"
        "loaded = settings.load()\n"
        "server = postgres.local(loaded)\n"
        "with server.connect() as c:\n"
        "    [postgres.apply_file(c, f.text, version=f.version, name=f.name) for f in files.read(loaded)]\n"
    )
    use = (
        "from sqlmodel import Session, create_engine, select\n"
        "from db.schema.public import Organisation\n"
        "from db.schema.enums import Status\n"
        f"with Session(create_engine('{url}')) as session:\n"
        "    session.add(Organisation(nick='n', plan=Status.IN_REVIEW, plans=[Status.NAME]))\n"
        "    session.commit()\n"
        "    row = session.exec(select(Organisation)).one()\n"
        "    print(row.plan, row.plans, row.name, row.metadata_)\n"
    )
    made = subprocess.run([sys.executable, "-c", migration], cwd=root, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    used = subprocess.run([sys.executable, "-c", use], cwd=root, capture_output=True, text=True)
    assert used.stdout.strip() == "in review [<Status.NAME: 'name'>] a:b \"c\" 'd' %s \\ back {'a': 1}", used.stderr


def test_files_that_are_there_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "db").mkdir()
    (tmp_path / "db" / "enums.py").write_text("# mine\n")
    with pytest.raises(TaskError, match=r"1 file would be overwritten: db/enums\.py"):
        write(tmp_path, ImportResult({"db/new.py": "new\n", "db/enums.py": "other\n"}, 1, ()))
    assert [path.name for path in (tmp_path / "db").iterdir()] == ["enums.py"]
    write(tmp_path, ImportResult({"db/new.py": "new\n", "db/enums.py": "# mine\n"}, 1, ()))
    assert (tmp_path / "db" / "new.py").read_text() == "new\n"


def test_a_database_is_imported_by_its_url_from_the_environment(
    hairy: tuple[Path, dict[str, object]], tmp_path: Path
) -> None:
    source = postgres.shadow(settings.load(hairy[0]))
    root = project(tmp_path, "select 1;")
    try:
        with source.scratch(postgres.platform_template(source, settings.load(hairy[0]))) as name:
            with source.connect(name) as connection:
                connection.execute("create table notes (id int primary key, body text)")
            with databases.superuser(source, name) as connection:
                connection.execute("create function f() returns int language sql as 'select 1'")
                connection.execute("create role keeper; alter function f() owner to keeper")
                connection.execute(
                    "alter default privileges for role keeper in schema public grant select on tables to anon"
                )
            url = source.url(name).replace("postgres@", f"postgres:{source.password}@")
            refused = run(root, "schema-import", "--url-variable", "SOURCE_URL", SOURCE_URL=url)
            with (root / "pyproject.toml").open("a") as settings_file:
                settings_file.write('ignore = ["default_privilege:keeper.*"]\n')
            done = run(root, "schema-import", "--url-variable", "SOURCE_URL", "--json", SOURCE_URL=url)
    finally:
        postgres.stop(settings.load(root))
    assert "the default privileges of keeper cannot come from a migration" in refused.stderr
    assert 'add to [tool.supabase-tasks] ignore = ["default_privilege:keeper.*"]' in refused.stderr
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["tables"] == 1
    assert "FUNCTION public.f()" in (root / "db" / "sql" / "functions.sql").read_text()
    assert "class Note(SQLModel, table=True):" in (root / "db" / "schema" / "public.py").read_text()
    assert source.password not in done.stdout + done.stderr


def test_a_password_on_the_command_line_is_refused(tmp_path: Path) -> None:
    done = run(project(tmp_path, "select 1;"), "schema-import", "--source", "postgresql://u:hush-hush@127.0.0.1/x")
    assert done.returncode == 1
    assert "--url-variable" in done.stderr and "hush-hush" not in done.stderr + done.stdout


def test_a_source_without_tables_says_so(tmp_path: Path) -> None:
    root = project(tmp_path, "create schema empty;")
    try:
        done = run(root, "schema-import")
    finally:
        postgres.stop(settings.load(root))
    assert (done.returncode, "migrations holds no table to import" in done.stderr) == (1, True)


PLATFORM = {
    "modifiers and parameters": (
        "create extension vector with schema extensions; create extension postgis with schema extensions;"
        "create table public.places (id uuid primary key, location extensions.geography(Point, 4326),"
        " area extensions.geometry(MultiPolygonZ), line extensions.geometry(LineString, 3857), embedding extensions.halfvec(3));"
        "create index on public.places using hnsw (embedding extensions.halfvec_cosine_ops)"
        " with (m = 32, ef_construction = 128);",
        (
            "geography(Point,4326)",
            "geometry(MultiPolygonZ)",
            "geometry(LineString,3857)",
            "m = 32",
            "ef_construction = 128",
        ),
    ),
    "text search and operators": (
        "create table public.t (id int primary key); create text search configuration public.vi (copy = simple);"
        "create text search dictionary public.d (template = simple);"
        "create operator public.=== (leftarg = int, rightarg = int, function = int4eq);"
        "create function public.to_int(public.t) returns int language sql immutable as 'select $1.id';"
        "create cast (public.t as int) with function public.to_int(public.t);",
        ("CREATE TEXT SEARCH CONFIGURATION public.vi", "CREATE OPERATOR public.===", "CREATE CAST"),
    ),
    "foreign tables": (
        "create table public.t (id int primary key); create extension wrappers with schema extensions;"
        "create foreign data wrapper w handler extensions.stripe_fdw_handler; create server s foreign data wrapper w;"
        "create foreign table public.f (id text) server s options (object 'x');",
        ("CREATE FOREIGN DATA WRAPPER w", "CREATE SERVER s", "CREATE FOREIGN TABLE public.f"),
    ),
}


PLATFORM["a policy without a condition, and what belongs to the server"] = (
    "create table public.t (id int primary key, owner uuid); alter table public.t enable row level security;"
    'create policy "Add" on public.t for insert to service_role; create policy "Read" on public.t as restrictive for select;'
    "create policy own on public.t using (owner = auth.uid()); create role teller; grant teller to service_role;"
    "alter database postgres set timezone to 'Europe/Oslo'; alter role teller set statement_timeout = '5s';",
    (
        'CREATE POLICY "Add" ON public.t\n    FOR INSERT',
        'CREATE POLICY "Read" ON public.t\n    AS RESTRICTIVE',
        "Policy(",
    ),
)

PLATFORM["an older project's owner of public"] = (
    'create schema if not exists "public"; alter schema "public" owner to "postgres";'
    "create table public.t (id int primary key); revoke usage on schema public from public;"
    "grant usage on schema public to anon, authenticated, service_role, postgres; comment on schema public is 'ours';",
    ("REVOKE USAGE ON SCHEMA public FROM PUBLIC;",),
)

PLATFORM["sequences that keep the name of a renamed table"] = (
    "create table public.channel (id bigint generated by default as identity primary key, s serial, b bigserial);"
    "alter table public.channel rename to \"Chan'nels\"; comment on sequence public.channel_id_seq is 'counts';"
    "create table public.plain (id bigint generated always as identity (start with 7) primary key);"
    "alter table public.plain rename column id to nr; revoke all on sequence public.channel_id_seq from anon;"
    "revoke update on sequence public.channel_s_seq from anon;",
    (
        'ColumnOptions("id", sequence="channel_id_seq")',
        'ColumnOptions("nr", sequence="plain_id_seq")',
    ),
)

PLATFORM["storage parameters as they are written"] = (
    "create table public.t (id int primary key) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.10,"
    " autovacuum_analyze_scale_factor = 0.05, autovacuum_enabled = false, toast_tuple_target = 0200);",
    (
        '"autovacuum_vacuum_scale_factor": "0.10"',
        '"autovacuum_analyze_scale_factor": 0.05',
        '"fillfactor": 70',
    ),
)
PLATFORM["keys on the columns of another key"] = (
    "create table public.t (id int primary key, a int, b int, unique (a, b), unique (b, a), unique nulls not distinct (a, b));"
    "alter table public.t add unique (id), add constraint a_b unique (a, b); create view public.v as select * from public.t;"
    "create table public.u (id int primary key references public.t (id), t int references public.t, unique (t));"
    "alter table public.u add constraint another_t unique (t);"
    "alter table public.u add secret uuid, add constraint kept foreign key (secret) references vault.secrets on delete cascade,"
    'add constraint "later on" foreign key (secret) references vault.secrets not valid;',
    (
        "ADD CONSTRAINT kept FOREIGN KEY (secret) REFERENCES vault.secrets(id) ON DELETE CASCADE",
        't: int | None = Field(default=None, foreign_key="t.id", unique=True)',
        "ADD CONSTRAINT t_id_key UNIQUE (id)",
        "ADD CONSTRAINT another_t UNIQUE (t)",
    ),
)
PLATFORM["lines that end as on Windows"] = (
    "create function public.f() returns int language sql as $$\r\n  select 1;\r\n$$;\r\n"
    "create table public.t (id int primary key, a text default E'a\\r\\nb');\r\n"
    "comment on table public.t is 'a\r\nb'; create view public.v as\r\nselect 'a\r\nb' as a;",
    ("\n  select 1;\n", '"""a\\r\nb"""'),
)
PLATFORM["constraints that nothing has validated"] = (
    "create table public.p (id int primary key); create table public.t (id int primary key, a int, b int, c int);"
    "alter table public.t add check (a > 0) not valid, add constraint b_is_known foreign key (b) references public.p not valid,"
    "add foreign key (c) references public.p on delete cascade not valid, add constraint c_named check (c <> a) not valid;",
    (
        'sa.CheckConstraint("a > 0", postgresql_not_valid=True)',
        'sa.CheckConstraint("c <> a", name="c_named", postgresql_not_valid=True)',
        'name="b_is_known", postgresql_not_valid=True',
        'sa.ForeignKey("p.id", ondelete="CASCADE", postgresql_not_valid=True)',
    ),
)


def test_what_a_kind_plans_is_not_taken_from_the_dump_as_well() -> None:
    assert {kind.noun.upper() for kind in KINDS.values()} & plain._DUMPED == set()


@pytest.mark.parametrize("case", PLATFORM)
def test_what_is_called_proven_is_what_the_check_calls_equal(tmp_path: Path, case: str) -> None:
    sql, texts = PLATFORM[case]
    root = project(tmp_path, sql)
    try:
        done = run(root, "schema-import")
        assert done.returncode == 0, done.stdout + done.stderr
        written = "".join(path.read_text() for path in (root / "db").rglob("*") if path.suffix in (".py", ".sql"))
        assert [text for text in texts if text not in written] == []
        check = run(root, "schema-check")
        assert check.returncode == 0, check.stdout + check.stderr
    finally:
        postgres.stop(settings.load(root))


def test_one_more_of_everything_is_imported(tmp_path: Path) -> None:
    """Whatever `test_one_more` adds to an object of each kind: the import says it in the models, or in plain SQL in an order
    that runs."""
    more = ";\n".join(one_more.PLANNED)
    root = project(tmp_path, f"set check_function_bodies = off;\n{one_more.GROUND}\n{more};\n")
    try:
        done = run(root, "schema-import", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        assert json.loads(done.stdout)["left"] == []
        checked = run(root, "schema-check")
        assert checked.returncode == 0, checked.stdout + checked.stderr
    finally:
        postgres.stop(settings.load(root))


NEEDED = """
create extension citext with schema public;
create type public.mood as enum ('sad', 'ok');
create domain public.moods as public.mood[];
create table public.kept (id uuid primary key default extensions.uuid_generate_v4(), mail public.citext);
create table public.t (id int primary key, m public.moods);
create index t_m on public.t (m);
"""


def test_what_needs_an_ignored_object_is_named_with_the_patterns(tmp_path: Path) -> None:
    """The draft was built without it: "server s does not exist" in a file of a temporary folder, "correct the model"."""
    ignored = ["public.mood", "extension:*", "public.kept.mail"]
    root = project(tmp_path, NEEDED, f"ignore = {json.dumps(ignored)}")
    try:
        done = run(root, "schema-import", "--json")
        error = json.loads(done.stdout)["error"]
        assert error["code"] == "ignored-but-needed" and "domain public.moods needs enum public.mood" in error["cause"]
        assert error["data"]["objects"] == ["column public.t.m", "domain public.moods", "index public.t_m"]
        settings_file = root / "pyproject.toml"
        text = settings_file.read_text().replace(json.dumps(ignored), json.dumps(error["data"]["ignore"]))
        settings_file.write_text(text)
        done = run(root, "schema-import", "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        assert run(root, "schema-check").returncode == 0
    finally:
        postgres.stop(settings.load(root))
