"""What initdb makes, once for each process that runs tests and copied afterwards: half a second of CPU time against a twelfth.

Each cluster is a folder of its own, made by the real initdb and brought up as ever; only the first of its kind is waited for.
Tests of how clusters are made, and of what else reaches the disk meanwhile, have initdb run each time: `BY_INITDB`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks.postgres import account, disk_layout, lifecycle

if TYPE_CHECKING:
    from supabase_tasks.postgres.tree import Tree

# Folders and files below tests/.
BY_INITDB = (
    "attack/test_interruptions.py",
    "attack/test_local_access.py",
    "attack/test_state.py",
    "platform/",
    "postgres/",
    "support/",
)
by_initdb: Callable[[Tree, Path], None] = lifecycle.initialise


class Kept:
    """The data folders that initdb made in this process and in those that were forked for it, below `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        # Whether the test that runs now may have a copy.
        self.copies = True

    def install(self) -> None:
        """From now on the package's clusters begin as copies."""
        lifecycle.initialise = self.initialise

    def initialise(self, tree: Tree, data: Path) -> None:
        """What `lifecycle.initialise` does."""
        kept = self.folder / f"{tree.key}-{os.geteuid()}"
        if self.copies and self.folder.is_dir():
            if kept.is_dir() and self._copy(kept, data):
                return
            by_initdb(tree, data)
            # Before the server starts on it.
            self._copy(data, kept)
        else:
            by_initdb(tree, data)

    @staticmethod
    def _copy(source: Path, target: Path) -> bool:
        """Copy the data folder, with its owners; nothing is left of a copy that is not whole."""
        work = target.parent / f"data.building-{os.getpid()}-{threading.get_ident()}"
        try:
            work.mkdir(mode=0o700)
            account.give(work)
            subprocess.run(["cp", "-pR", f"{source}/.", str(work)], check=True, capture_output=True)
            disk_layout.spread(work / "base")
            # Another process may have been first.
            work.rename(target)
        except (OSError, subprocess.CalledProcessError):
            return False
        finally:
            shutil.rmtree(work, ignore_errors=True)
        return True

    def hold(self, test: Path, tests: Path) -> None:
        """The test in that file runs next; one outside of `tests` has initdb run."""
        self.copies = test.is_relative_to(tests) and not test.relative_to(tests).as_posix().startswith(BY_INITDB)

    def end(self) -> None:
        """Nothing is kept."""
        shutil.rmtree(self.folder, ignore_errors=True)


current: Kept | None = None


def begin() -> Kept:
    """Keep them in a new temporary folder."""
    global current
    current = Kept(Path(tempfile.mkdtemp(prefix="st-initdb-")))
    current.install()
    return current
