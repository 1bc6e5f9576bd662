"""A real Nx workspace in a folder of its own, with this repository's nx and Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).parents[2]
NODE_MODULES = REPOSITORY / "node_modules"
TASKS = "from supabase_tasks import collection\n\nns = collection()\n"
CONFIG = 'project_id = "small"\n\n[db]\nport = 54322\nmajor_version = 17\n'


def why_not() -> str | None:
    """Why there is no nx here, or None."""
    return None if (NODE_MODULES / ".bin" / "nx").exists() else "nx is not installed: npm ci"


@dataclass(frozen=True)
class Ran:
    code: int
    output: str

    @property
    def cached(self) -> bool:
        """Whether Nx took the only task's result from its cache."""
        return "[local cache]" in self.output or "existing outputs match the cache" in self.output


@dataclass(frozen=True)
class Workspace:
    """The workspace's folder and where its projects keep their state."""

    root: Path
    state: Path

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def nx(self, *arguments: str, env: Mapping[str, str | None] | None = None) -> Ran:
        """`nx …` to its end, without a terminal and without its daemon."""
        wanted: dict[str, str | None] = {
            **{key: value for key, value in os.environ.items() if not key.startswith("NX_")},
            **dict.fromkeys(("CI", "VIRTUAL_ENV", "SUPABASE_TASKS_LOCAL")),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "NX_DAEMON": "false",
            "NX_NO_CLOUD": "true",
            # Nx keeps one cache per user for all clones of a repository (24.0): another test's result is no hit here.
            "NX_CACHE_DIRECTORY": str(self.root / ".nx" / "cache"),
            "NX_TUI": "false",
            "NX_ISOLATE_PLUGINS": "false",
            "NO_COLOR": "1",
            "SUPABASE_TASKS_CACHE": str(self.state),
            **(env or {}),
        }
        done = subprocess.run(
            [str(NODE_MODULES / ".bin" / "nx"), *arguments],
            cwd=self.root,
            env={key: value for key, value in wanted.items() if value is not None},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=180,
        )
        return Ran(done.returncode, done.stdout)

    def ok(self, *arguments: str, env: Mapping[str, str | None] | None = None) -> Ran:
        ran = self.nx(*arguments, env=env)
        assert ran.code == 0, ran.output
        return ran

    def project(self, name: str) -> dict[str, Any]:
        """What Nx knows of a project."""
        output = self.ok("show", "project", name, "--json").output
        found: dict[str, Any] = json.loads(output[output.index("{") :])
        return found


def make(root: Path) -> Workspace:
    """An empty workspace: package.json, nx.json, and this repository's node_modules."""
    workspace = Workspace(root / "workspace", root / "state")
    workspace.write("package.json", '{"name": "workspace", "private": true}\n')
    workspace.write("nx.json", '{"neverConnectToCloud": true, "analytics": false, "defaultBase": "main"}\n')
    workspace.write(".gitignore", "node_modules\n.nx\n__pycache__\n")
    (workspace.root / "node_modules").symlink_to(NODE_MODULES)
    return workspace
