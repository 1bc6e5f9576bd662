"""TCP ports of embedded servers."""

from __future__ import annotations

import socket

from supabase_tasks.errors import DatabaseError

HOST = "127.0.0.1"
# Outside the Supabase CLI's own 54320-54329, which a Docker stack of another project may want at any time.
FIRST = 54422
_TRIED = 200


def free(port: int) -> bool:
    """Whether nothing listens on `port` of the loopback address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def choose(remembered: int | None, avoid: frozenset[int], first: int = FIRST) -> int:
    """The remembered port when it is free and not in `avoid`, else the next free one from `first` on.

    Raises `DatabaseError` when none is free.
    """
    candidates = range(first, first + _TRIED)
    for port in (remembered, *candidates) if remembered else candidates:
        if port is not None and port not in avoid and free(port):
            return port
    raise DatabaseError(
        f"no free port between {first} and {first + _TRIED}",
        next_step="stop servers you no longer need: inv supabase-stop",
    )
