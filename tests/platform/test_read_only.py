"""Everything that a system may keep read-only (macOS its own volume, an image its layers, an administrator the Python): a command
writes into the project and its own cache, and nowhere else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import project as projects

import supabase_tasks

pytestmark = pytest.mark.server
# In a mount namespace of its own: nothing outside of the test changes.
_READ_ONLY = (
    'mount --make-rprivate / && for at; do mount --bind "$at" "$at" && mount -o remount,bind,ro "$at" || exit 77; done'
)
_REFUSED = 77


def _run(folder: Path, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = Path(supabase_tasks.__file__).parents[1]
    kept = dict.fromkeys(str(Path(path).resolve()) for path in ("/usr", "/etc", sys.base_prefix, sys.prefix, code))
    script = f'{_READ_ONLY} && exec "$PYTHON" -m invoke {" ".join(arguments)}'
    environment = {**os.environ, "PYTHON": sys.executable, "SUPABASE_TASKS_CACHE": str(cache), "PYTHONPATH": str(code)}
    command = ["unshare", "-m", "sh", "-ec", script, "sh", *kept]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="making mounts read-only needs root on Linux")
@pytest.mark.skipif(shutil.which("unshare") is None, reason="needs unshare of util-linux")
def test_a_migration_is_made_while_every_system_path_is_read_only(tmp_path: Path) -> None:
    folder, cache = tmp_path / "project", tmp_path / "cache"
    folder.mkdir()
    project = projects.make(folder)
    project.write("tasks.py", "from supabase_tasks import collection\n\nns = collection()\n")
    try:
        made = _run(folder, cache, "schema-generate", "--name", "first")
        if made.returncode == _REFUSED:
            pytest.skip(f"no mount may be changed here: {made.stderr.strip()}")
        assert made.returncode == 0, made.stderr
        assert len(project.migrations) == 1
        checked = _run(folder, cache, "schema-check")
        assert checked.returncode == 0, checked.stderr
    finally:
        _run(folder, cache, "supabase-stop")
