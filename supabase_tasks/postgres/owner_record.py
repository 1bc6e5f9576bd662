"""A record in a state folder of what it is for: found again when that is gone.

Gone means: not there, on a file system that is. What lies on a disk that is not mounted is not gone, nor is what cannot be
looked at, or of which nothing says where it lay.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from supabase_tasks.files import write_atomic

NAME = "project.json"


def note(folder: Path, root: Path) -> None:
    """Say in a state folder that it is for `root`, and on which file system that lies.

    Raises `TaskError` when it cannot be written.
    """
    try:
        text = json.dumps({"root": str(root), "device": root.stat().st_dev})
    except OSError:
        return
    path = folder / NAME
    with suppress(OSError, UnicodeDecodeError):
        if path.read_text(encoding="utf-8") == text:
            return
    write_atomic(path, text, private=True)


def told_root(record: Path) -> Path | None:
    """What a record says that its folder is for; None where it says nothing."""
    try:
        return Path(json.loads(record.read_text(encoding="utf-8"))["root"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def gone_root(record: Path) -> Path | None:
    """The same where it is gone, else None."""
    try:
        told = json.loads(record.read_text(encoding="utf-8"))
        root, device = Path(told["root"]), told["device"]
        return root if _is_gone(root) and _device_of_the_nearest(root) == device else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_gone(root: Path) -> bool:
    try:
        root.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    return False


def _device_of_the_nearest(root: Path) -> int:
    """The file system on which `root` would be made: what an unmounted disk leaves is another one's."""
    return next(path for path in root.parents if path.is_dir()).stat().st_dev
