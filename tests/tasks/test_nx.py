from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support import warm

pytestmark = pytest.mark.server


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text('[tool.supabase-tasks]\nproject = "web"\n')
    (tmp_path / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    return tmp_path


def inv(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return warm.run([sys.executable, "-m", "invoke", *arguments], cwd=root)


def test_sync_writes_the_shim_once_and_check_tells_when_it_is_stale(project: Path) -> None:
    missing = inv(project, "nx-sync", "--check", "--json")
    assert missing.returncode == 1
    assert json.loads(missing.stdout)["error"]["code"] == "nx-stale"
    assert not (project / "project.json").exists()
    assert json.loads(inv(project, "nx-sync", "--json").stdout)["written"] is True
    assert inv(project, "nx-sync", "--check").returncode == 0
    assert json.loads(inv(project, "nx-sync", "--json").stdout)["written"] is False
    text = (project / "project.json").read_text().replace("inv schema-generate", "inv schema-generator")
    (project / "project.json").write_text(text)
    stale = inv(project, "nx-sync", "--check")
    assert (stale.returncode, "next: inv nx-sync" in stale.stderr) == (1, True)


def test_the_plugin_is_put_into_the_workspace_and_registered_once(project: Path) -> None:
    (project / "nx.json").write_text('{"defaultBase": "main", "plugins": ["@nx/js"]}')
    inv(project, "nx-sync", "--plugin")
    assert json.loads((project / "nx.json").read_text())["plugins"] == ["@nx/js", "./tools/supabase-tasks.cjs"]
    assert (project / "tools" / "supabase-tasks.cjs").is_file()
    assert not (project / "project.json").exists()
    assert inv(project, "nx-sync", "--plugin", "--check").returncode == 0


def test_an_nx_json_with_comments_is_left_alone(project: Path) -> None:
    (project / "nx.json").write_text("{ // mine\n}")
    ran = inv(project, "nx-sync", "--plugin")
    assert ran.returncode == 1
    assert "./tools/supabase-tasks.cjs" in ran.stderr
    assert (project / "nx.json").read_text() == "{ // mine\n}"
    assert not (project / "tools").exists()
