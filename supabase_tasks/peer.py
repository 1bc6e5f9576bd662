"""Who is at the other end of a Unix socket."""

from __future__ import annotations

import socket
import struct
import sys

# Linux, unix(7): struct ucred (process, user, group). macOS, sys/ucred.h: struct xucred begins with version and user;
# SOL_LOCAL is 0 and LOCAL_PEERCRED 1 there.
_UCRED = struct.Struct("3i")
_XUCRED = struct.Struct("2I68x")
_SOL_LOCAL, _LOCAL_PEERCRED = 0, 1


def uid(connection: socket.socket) -> int:
    """The user of the process that connected, or that listens. Raises `OSError` where the system cannot say."""
    if sys.platform == "darwin":
        _, user = _XUCRED.unpack(connection.getsockopt(_SOL_LOCAL, _LOCAL_PEERCRED, _XUCRED.size))
    else:
        _, user, _ = _UCRED.unpack(connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED.size))
    return int(user)
