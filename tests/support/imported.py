"""Projects whose schema is imported, and the program in a process of its own, as the import's tests run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from support import warm


def run(root: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    # A process of its own: the models' modules are imported once per interpreter.
    command = [sys.executable, "-c", "from supabase_tasks.tasks.program import main; main()", *arguments]
    return warm.run(command, cwd=root, env={**os.environ, **variables})


def project(root: Path, migration: str, setting: str = "") -> Path:
    (root / "supabase" / "migrations").mkdir(parents=True)
    (root / "supabase" / "config.toml").write_text('project_id = "import"\n')
    (root / "supabase" / "migrations" / "0000_all.sql").write_text(migration)
    (root / "pyproject.toml").write_text(f'[tool.supabase-tasks]\nproject = "import"\n{setting}\n')
    return root
