"""The catalogue that the linter follows, without running anything, is the one that PostgreSQL has after running it."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supabase_tasks import postgres, state_dir
from supabase_tasks import settings as settings_module
from supabase_tasks.ledger import files as ledger
from supabase_tasks.lint import history
from supabase_tasks.lint.catalog import Catalog
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1]
CLOSED = ", ".join(f"'{name}'" for name in (*PLATFORM_SCHEMAS, "pg_catalog", "information_schema"))
OURS = f"n.nspname NOT IN ({CLOSED}) AND n.nspname !~ '^pg_'"
FROM = "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
INDEXED = """EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid
  AND (SELECT array_agg(x ORDER BY x) FROM unnest(k.conkey) x)
    = (SELECT array_agg(y ORDER BY y) FROM unnest((i.indkey::int2[])[0:cardinality(k.conkey) - 1]) y))"""
INVOKER = "coalesce(c.reloptions::text ~ 'security_invoker=(true|on|1)', false)"
QUERIES = {
    "tables": f"SELECT n.nspname, c.relname, c.relrowsecurity {FROM} WHERE c.relkind IN ('r', 'p') AND {OURS}",
    "policies": "SELECT n.nspname, c.relname, k.polname, k.polcmd::text, ARRAY(SELECT CASE WHEN r = 0 THEN 'public'"
    " ELSE pg_get_userbyid(r) END FROM unnest(k.polroles) r ORDER BY 1)"
    f" FROM pg_policy k JOIN pg_class c ON c.oid = k.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE {OURS}",
    "views": f"SELECT n.nspname, c.relname, {INVOKER} {FROM} WHERE c.relkind = 'v' AND {OURS}",
    "functions": "SELECT n.nspname, p.proname, p.prosecdef, coalesce(p.proconfig::text ~ 'search_path=', false)"
    f" FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE {OURS}",
    "keys": f"SELECT n.nspname, c.relname, k.conname, {INDEXED} FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
    f" JOIN pg_namespace n ON n.oid = c.relnamespace WHERE k.contype = 'f' AND k.conparentid = 0 AND {OURS}",
    "grants": "SELECT n.nspname, c.relname, pg_get_userbyid(a.grantee), lower(a.privilege_type)"
    f" {FROM}, aclexplode(c.relacl) a WHERE c.relkind IN ('r', 'p') AND {OURS}"
    " AND pg_get_userbyid(a.grantee) IN ('anon', 'authenticated') AND a.privilege_type IN ('SELECT', 'INSERT', 'UPDATE')",
}
COMMANDS = {"all": "*", "select": "r", "insert": "a", "update": "w", "delete": "d"}


def followed(catalog: Catalog) -> dict[str, Counter[Any]]:
    tables = catalog.tables.values()
    return {
        "tables": Counter((*table.name, table.rls) for table in tables),
        "policies": Counter(
            (*table.name, policy.name, COMMANDS[policy.command], tuple(sorted(policy.roles)))
            for table in tables
            for policy in table.policies.values()
        ),
        "views": Counter(
            (*view.name, view.security_invoker) for view in catalog.views.values() if not view.materialised
        ),
        "functions": Counter((*item.name, item.definer, item.search_path) for item in catalog.functions.values()),
        "keys": Counter(
            (*table.name, name, table.has_index(key.columns))
            for table in tables
            for name, key in table.foreign_keys.items()
        ),
        "grants": Counter(
            (*table.name, role, privilege)
            for table in tables
            for role in ("anon", "authenticated")
            for privilege in table.grants.get(role, {})
            if privilege in ("select", "insert", "update")
        ),
    }


def real(settings: Settings) -> dict[str, Counter[Any]]:
    server = postgres.shadow(settings)
    template = postgres.history_template(server, settings, ledger.read(settings))
    with server.scratch(template) as database, server.connect(database) as connection:
        return {
            name: Counter(
                tuple(tuple(v) if isinstance(v, list) else v for v in row) for row in connection.execute(query)
            )
            for name, query in QUERIES.items()
        }


@pytest.fixture(scope="module")
def settings() -> Iterator[Settings]:
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    folder = Path(tempfile.mkdtemp(prefix="st-lint-"))
    folder.chmod(0o755)
    (folder / "project" / "supabase" / "migrations").mkdir(parents=True)
    (folder / "project" / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "lint"\n')
    (folder / "project" / "supabase" / "config.toml").write_text('project_id = "lint"\n')
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(folder / "state"))
        made = settings_module.load(folder / "project")
        yield made
        postgres.stop(made)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["tricky", "reference"])
def filled(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    for path in settings.migrations.iterdir():
        path.unlink()
    if request.param == "reference":
        for path in (REFERENCE / "supabase" / "migrations").glob("*.sql"):
            shutil.copy(path, settings.migrations)
        return settings
    first, *rest = re.split(r"^-- file: (\S+)\n", (HERE / "tricky.sql").read_text(), flags=re.MULTILINE)
    for name, text in [("0001_first.sql", first), *zip(rest[::2], rest[1::2], strict=True)]:
        (settings.migrations / name).write_text(text)
    return settings


def test_the_followed_catalogue_is_postgresqls(filled: Settings) -> None:
    there = real(filled)
    said = followed(history.read(filled, ledger.read(filled)).catalog)
    for name in QUERIES:
        assert there[name], f"the history has no {name} to compare"
        if name == "grants":
            # A grant on columns counts as one on the table: the rules ask whether the role may at all.
            assert not there[name] - said[name]
        else:
            assert (there[name] - said[name], said[name] - there[name]) == (Counter(), Counter()), name
