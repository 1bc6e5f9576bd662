"""Where an import may be written: it hides nothing, and nothing hides it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from supabase_tasks import postgres, settings
from supabase_tasks.errors import DiffError, SettingsError
from supabase_tasks.flow.importing import target
from supabase_tasks.flow.importing.proving import ImportResult


def project(root: Path, models: str = "") -> Path:
    line = f'models = "{models}"\n' if models else ""
    (root / "pyproject.toml").write_text(f'[tool.supabase-tasks]\nproject = "target"\n{line}')
    (root / "supabase/migrations").mkdir(parents=True)
    (root / "supabase/config.toml").write_text('project_id = "target"\n')
    return root


@pytest.mark.parametrize(
    ("there", "into", "free"),
    [
        ("shop/models.py", "shop.models", "shop.schema"),
        ("shop/models.py", "shop.models.tables", "shop.schema"),
        ("shop.py", "shop.models", "db.schema"),
    ],
)
def test_a_module_that_is_there_is_not_hidden(tmp_path: Path, there: str, into: str, free: str) -> None:
    root = project(tmp_path, models="shop.models")
    (root / there).parent.mkdir(exist_ok=True)
    (root / there).write_text("x = 1\n")
    with pytest.raises(SettingsError) as caught:
        target.choose(settings.load(root), into, "")
    assert there in caught.value.message and "would hide it" in caught.value.message
    assert caught.value.next_step == f"inv schema-import --into {free}"


@pytest.mark.parametrize("name", ["json", "sqlmodel", "alembic"])
def test_a_package_from_elsewhere_is_not_hidden(tmp_path: Path, name: str) -> None:
    with pytest.raises(SettingsError) as caught:
        target.choose(settings.load(project(tmp_path)), f"{name}.schema", "")
    assert caught.value.code == "module-hidden"


def test_the_sql_folder_of_other_models_is_theirs(tmp_path: Path) -> None:
    root = project(tmp_path, models="shop.models")
    (root / "pyproject.toml").write_text((root / "pyproject.toml").read_text() + 'sql = "shop/sql"\n')
    (root / "shop/sql").mkdir(parents=True)
    place = target.choose(settings.load(root), "shopping.imported", "")
    assert place.sql != "shop/sql"
    before = (root / "pyproject.toml").read_text()
    assert target.apply_target(settings.load(root), place) == ()
    assert (root / "pyproject.toml").read_text() == before


@pytest.mark.server
def test_a_new_subpackage_of_a_package_that_exists(tmp_path: Path) -> None:
    """The proof loads what is written, though `app` is imported already and has its own models."""
    root = project(tmp_path)
    (root / "app").mkdir()
    (root / "app/__init__.py").write_text("")
    (root / "tasks.py").write_text("import app\nfrom supabase_tasks import collection\n\nns = collection()\n")
    (root / "supabase/migrations/0000_x.sql").write_text("create table public.thing (id int primary key, name text);\n")
    command = [sys.executable, "-m", "invoke"]
    try:
        done = subprocess.run(
            [*command, "schema-import", "--into", "app.db.other"], cwd=root, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert 'added models = "app.db.other" to [tool.supabase-tasks]' in done.stdout
        assert (root / "app/db/other/__init__.py").exists()
        checked = subprocess.run([*command, "schema-check"], cwd=root, capture_output=True, text=True)
        assert checked.returncode == 0, checked.stderr
    finally:
        postgres.stop(settings.load(root))


def test_what_the_migrations_drop_of_the_platform_is_to_be_ignored() -> None:
    with pytest.raises(DiffError, match="the migrations drop what every Supabase project has: pg_graphql") as raised:
        target.refuse_left(ImportResult({}, 3, ("DROP EXTENSION pg_graphql;",)))
    assert raised.value.next_step == 'add to [tool.supabase-tasks] ignore = ["pg_graphql"], then: inv schema-check'
    with pytest.raises(DiffError, match="the import lacks 2 statements or objects"):
        target.refuse_left(ImportResult({}, 3, ("DROP EXTENSION pg_graphql;", "acl public.t (differs)")))
    with pytest.raises(DiffError, match="cannot say what belongs to its server") as raised:
        target.refuse_left(ImportResult({}, 3, (), (), ("setting database: TimeZone (only on the desired side)",)))
    assert raised.value.advice.command == "inv schema-generate --custom --name server"
    target.refuse_left(ImportResult({}, 3, ()))


@pytest.mark.parametrize(
    "given",
    [["--source", "URL"], ["-s", "URL"], ["--source=URL"]],
    ids=" ".join,
)
@pytest.mark.parametrize("url", ["postgresql://a:b@h/x", "postgresql://a:b@c d@h:5432/x?sslmode=require"])
def test_a_url_with_a_password_comes_from_the_environment_in_the_next_step_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], url: str
) -> None:
    words = [word.replace("URL", url) for word in given]
    monkeypatch.setattr("sys.argv", ["inv", "schema-import", *words, "--into", "shop.two words"])
    with pytest.raises(SettingsError, match="does not belong on the command line") as caught:
        target.origin(settings.load(project(tmp_path)), url, "")
    advice = caught.value.advice
    assert advice.command == "inv schema-import --into 'shop.two words' --url-variable DATABASE_URL"
    assert advice.fix == "put the URL into the environment variable DATABASE_URL"
    assert advice.others == ()
