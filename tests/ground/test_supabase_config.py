from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks import settings, supabase_config
from supabase_tasks.errors import SettingsError


def load(root: Path, text: str) -> supabase_config.SupabaseConfig:
    (root / "supabase").mkdir(exist_ok=True)
    (root / "supabase" / "config.toml").write_text(text)
    return supabase_config.load(settings.load(root))


def test_an_empty_file_means_the_cli_defaults(tmp_path: Path) -> None:
    config = load(tmp_path, "")
    assert (config.project_id, config.major_version, config.db_port) == (tmp_path.name, 17, 54322)
    assert config.api_schemas == ("public", "graphql_public")
    assert (config.seed_enabled, config.seed_paths, config.auto_expose) == (True, ("./seed.sql",), False)


def test_values_are_read(tmp_path: Path) -> None:
    config = load(
        tmp_path,
        'project_id = "x"\n[api]\nschemas = ["api"]\nauto_expose_new_tables = true\n'
        '[db]\nport = 6000\nmajor_version = 15\n[db.seed]\nenabled = false\nsql_paths = ["./a.sql", "./b/*.sql"]\n',
    )
    assert (config.project_id, config.api_schemas, config.auto_expose) == ("x", ("api",), True)
    assert (config.db_port, config.major_version) == (6000, 15)
    assert (config.seed_enabled, config.seed_paths) == (False, ("./a.sql", "./b/*.sql"))


def test_missing_file_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        supabase_config.load(settings.load(tmp_path))
    assert caught.value.next_step == "supabase-tasks init"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[db\n", "cannot be read"),
        ("db = 1\n", "[db] must be a table"),
        ('[db]\nport = "x"\n', "port must be a int"),
        ("[db]\nport = true\n", "port must be a int"),
        ('[api]\nschemas = "public"\n', "schemas must be a list"),
    ],
)
def test_unusable_values(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(tmp_path, text)
    assert told in caught.value.message
    assert str(tmp_path / "supabase" / "config.toml") in caught.value.message


def test_not_utf8(tmp_path: Path) -> None:
    load(tmp_path, "")
    (tmp_path / "supabase" / "config.toml").write_bytes(b'project_id = "\xff"')
    with pytest.raises(SettingsError, match="cannot be read"):
        supabase_config.load(settings.load(tmp_path))
