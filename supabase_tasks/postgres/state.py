"""What is remembered of a cluster between calls: its port, socket folder and the tree it was started from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from supabase_tasks.files import write_atomic


@dataclass(frozen=True, slots=True)
class State:
    """One cluster's state file. `port` is the TCP port, `socket` the folder of the Unix socket, `access` the version of
    the rules (`access.RULES`) by which its server lets people in."""

    port: int
    socket: str
    tree: str
    version: str
    bin: str
    access: int = 0


def read(path: Path) -> State | None:
    """The remembered state, or None when there is none or the file is damaged (it is rebuilt then)."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        # Files of earlier versions say nothing of access.
        values = {field.name: raw[field.name] for field in fields(State) if field.name in raw or field.name != "access"}
        if not isinstance(values["port"], int) or not 0 < values["port"] < 65536:
            return None
        if not isinstance(values.get("access", 0), int):
            return None
        if not all(isinstance(values[name], str) for name in ("socket", "tree", "version", "bin")):
            return None
        return State(**values)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, state: State) -> None:
    """Replace the state file, readable for its user only. Raises `TaskError` when the folder cannot be written."""
    write_atomic(path, json.dumps(asdict(state)), private=True)
