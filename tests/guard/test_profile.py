from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from supabase_tasks.environment import Environment
from supabase_tasks.errors import SettingsError
from supabase_tasks.guard import profile

Make = Callable[..., Environment]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("p.yaml", "name: mine\nproject_host: example.org\npooler_host: 'pool.example.org'\n"),
        ("p.json", '{"project_host": "example.org", "pooler_host": "pool.example.org"}'),
        ("p.toml", 'project_host = "example.org"\npooler_host = "pool.example.org"\n'),
    ],
)
def test_reads_a_profile_file(tmp_path: Path, environment: Make, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    found = profile.load(environment(SUPABASE_PROFILE=str(tmp_path / name)))
    assert found.direct_host("ref") == "db.ref.example.org"
    assert found.owns("aws-0.pool.example.org")
    assert not found.owns("notexample.org")


def test_the_cloud_is_the_default(environment: Make) -> None:
    assert profile.load(environment()).direct_host("ref") == "db.ref.supabase.co"
    assert profile.load(environment(SUPABASE_PROFILE="supabase")).pooler_host == "supabase.com"


@pytest.mark.parametrize("text", [None, "{", "{}"])
def test_a_bad_file_is_an_error(tmp_path: Path, environment: Make, text: str | None) -> None:
    path = tmp_path / "p.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(SettingsError):
        profile.load(environment(SUPABASE_PROFILE=str(path)))
