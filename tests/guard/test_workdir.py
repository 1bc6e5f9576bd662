from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks.errors import GuardError
from supabase_tasks.guard import workdir
from supabase_tasks.guard.configuration import Configuration
from supabase_tasks.ledger import files as ledger
from supabase_tasks.settings import Settings
from supabase_tasks.state_dir import project_folder

CONFIG = """
project_id = "x"
[auth.email.template.invite]
content_path = "./supabase/templates/invite.html"
[auth]
signing_keys_path = "./keys.json"
[functions.f]
entrypoint = "./.env"
import_map = "../.env.local"
[db.seed]
sql_paths = ["./seeds/*.sql", "../data/more.sql"]
"""


@pytest.fixture
def project(settings: Settings) -> Settings:
    files = {
        "supabase/config.toml": CONFIG,
        "supabase/templates/invite.html": "<p>",
        "supabase/keys.json": "[]",
        "supabase/.env": "A=1",
        ".env.local": "A=1",
        ".env": "A=1",
        "supabase/seeds/a.sql": "select 1;",
        "data/more.sql": "select 2;",
        "supabase/migrations/0000_a.sql": "select 1;",
        "supabase/migrations/0001_b.sql": "select 2;",
        "supabase/.temp/project-ref": "r" * 20,
    }
    for name, text in files.items():
        path = settings.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return settings


def held(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_holds_the_planned_bytes_and_what_config_toml_names(project: Settings) -> None:
    first, _ = planned = ledger.read(project)
    assert first.data
    with workdir.create(project, alone=True) as found:
        first.path.write_text("edited;")
        (project.migrations / "0002_c.sql").write_text("select 3;")
        (project.config_toml).write_text("[db]")
        found.hold(planned)
        assert held(found.path) == {
            "supabase/config.toml": CONFIG,
            "supabase/templates/invite.html": "<p>",
            "supabase/keys.json": "[]",
            "supabase/migrations/0000_a.sql": "select 1;",
            "supabase/migrations/0001_b.sql": "select 2;",
        }
        assert found.path.stat().st_mode & 0o777 == 0o700
        assert found.link is None
    assert not found.path.exists()


def test_seeds_come_along_when_asked_for(project: Settings) -> None:
    found = Configuration.read(project).seeds(project)
    assert found == {"supabase/seeds/a.sql": b"select 1;", "data/more.sql": b"select 2;"}


def test_a_seed_outside_the_project_is_refused(project: Settings, tmp_path: Path) -> None:
    (tmp_path / "outside.sql").write_text("select 1;")
    project.config_toml.write_text('[db.seed]\nsql_paths = ["../../outside.sql"]\n')
    with pytest.raises(GuardError) as caught:
        Configuration.read(project).seeds(project)
    assert caught.value.code == "seed-outside"


def test_what_a_killed_process_left_is_removed_and_a_living_ones_is_not(project: Settings) -> None:
    with workdir.create(project, alone=False) as mine:
        left = project_folder(project) / "hosted" / "left"
        left.mkdir()
        with workdir.create(project, alone=True) as other:
            assert not left.exists()
            assert mine.path.is_dir()
            assert other.path.is_dir()


def test_what_the_cli_writes_is_told_from_what_it_was_given(project: Settings) -> None:
    planned = ledger.read(project)
    with workdir.create(project, alone=True) as found:
        found.hold(planned)
        (found.migrations / "0002_pulled.sql").write_text("select 3;")
        assert found.new_files(planned) == {"0002_pulled.sql": "select 3;"}
