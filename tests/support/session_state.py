"""The state folder of tests that have none of their own: in the temporary folder, which `.ci/run` has in memory where it can.

A copy of a database is nine hundred files, which a disk's file system makes and removes at twice the price.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from supabase_tasks import state_dir


def begin() -> Path | None:
    """Make the folder and let the variable name it; None where the variable names one already. The machine's Supabase CLIs,
    which are installed once, are found in it too."""
    if os.environ.get(state_dir.ROOT_VARIABLE):
        return None
    programs = state_dir.private(state_dir.state_root() / "cli")
    # pytest's own temporary folders are closed to the unprivileged user that PostgreSQL runs as under root.
    made = Path(tempfile.mkdtemp(prefix="st-session-"))
    made.chmod(0o755)
    (made / "cli").symlink_to(programs)
    os.environ[state_dir.ROOT_VARIABLE] = str(made)
    return made


def end(made: Path | None) -> None:
    """Remove what `begin` made."""
    if made is not None:
        shutil.rmtree(made, ignore_errors=True)
