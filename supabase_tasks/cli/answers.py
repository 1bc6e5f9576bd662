"""What a program says of itself, asked once: remembered under its path, modification time and size.

A version costs 0.8 s and a help page half a second, as much as a whole command.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks import state_dir

if TYPE_CHECKING:
    from supabase_tasks.process import CompletedProgram

_SECONDS = 60.0


def ask(path: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> CompletedProgram:
    """What the program at `path` does with `arguments`, which only show something, whether it fails or not."""
    from supabase_tasks import child_environment, process

    return process.run(
        [str(path), *arguments],
        env={"SUPABASE_TELEMETRY_DISABLED": "1", "DO_NOT_TRACK": "1", "NO_COLOR": "1", **(environment or {})},
        keeps=child_environment.SHIMS,
        # Not in the project, whose config.toml would have a say, and in whose supabase/.temp the CLI notes what it looked up.
        cwd=Path(path.anchor),
        check=False,
        timeout=_SECONDS,
    )


def recall(question: str, path: Path) -> str | None:
    """What was remembered of the program as it is now, or None."""
    return _read_store(_store(question)).get(_key(path))


def remember(question: str, path: Path, answer: str) -> None:
    """Keep the answer. It is only a shortcut: an unwritable cache costs time, not the command."""
    from supabase_tasks.errors import TaskError
    from supabase_tasks.files import write_atomic

    store = _store(question)
    with suppress(TaskError):
        write_atomic(store, json.dumps({**_read_store(store), _key(path): answer}, indent=1))


def _store(question: str) -> Path:
    return state_dir.state_root() / "cli" / f"{question}.json"


def _key(path: Path) -> str:
    stat = path.stat()
    return f"{path}:{stat.st_mtime_ns}:{stat.st_size}"


def _read_store(store: Path) -> dict[str, str]:
    try:
        document = json.loads(store.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(key): str(value) for key, value in document.items()} if isinstance(document, dict) else {}
