"""/etc/hosts lines for the double's names, added for a test session and removed afterwards."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOSTS = Path("/etc/hosts")
_MARK = "# supabase-tasks tests, pid"


def why_not() -> str | None:
    """Why names cannot be added here, or None when they can."""
    return None if os.access(HOSTS, os.W_OK) else f"{HOSTS} is not writable (run the tests as root)"


@contextmanager
def names(addresses: Mapping[str, str]) -> Iterator[None]:
    """Host name → address for as long as the context lasts; lines of dead test runs are removed on the way."""
    mark = f"{_MARK} {os.getpid()}"
    lines = [f"{address} {name} {mark}\n" for name, address in addresses.items()]
    _rewrite(lambda kept: [*kept, *lines])
    try:
        yield
    finally:
        _rewrite(lambda kept: [line for line in kept if line not in lines])


# /etc/hosts is written in place: in a container it may be a bind mount, which cannot be renamed over.
def _rewrite(change) -> None:  # type: ignore[no-untyped-def]
    with HOSTS.open("r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        lines = change([line for line in file.readlines() if not _dead(line)])
        file.seek(0)
        file.truncate()
        file.writelines(lines)


def _dead(line: str) -> bool:
    _, found, pid = line.partition(_MARK)
    return bool(found) and not Path(f"/proc/{pid.strip()}").exists()
