"""What the caller and the helper say to each other: JSON messages with their length, and four file descriptors."""

from __future__ import annotations

import array
import json
import os
import socket
import struct
from pathlib import Path
from typing import Any

_LENGTH = struct.Struct(">I")
_LIMIT = 16 * 2**20
DESCRIPTORS = 4


class WireError(Exception):
    """The other side went away or said something that cannot be understood."""


# A message is any JSON object.
def send(connection: socket.socket, message: dict[str, Any], descriptors: tuple[int, ...] = ()) -> None:
    """Send one message, with `descriptors` attached to its first bytes. Raises `OSError` or `WireError`."""
    data = json.dumps(message).encode("utf-8", "surrogateescape")
    if len(data) > _LIMIT:
        raise WireError("the message is too long")
    head = _LENGTH.pack(len(data))
    if descriptors:
        socket.send_fds(connection, [head], list(descriptors))
    else:
        connection.sendall(head)
    connection.sendall(data)


def receive(connection: socket.socket) -> dict[str, Any]:
    """The next message. Raises `OSError`, or `WireError` at the end of the connection."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size))
    return _body(connection, length)


def receive_with_descriptors(connection: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """The next message and the descriptors that came with it, closed on exec. Raises as `receive` does."""
    space = socket.CMSG_LEN(DESCRIPTORS * array.array("i").itemsize)
    head, found, _, _ = connection.recvmsg(_LENGTH.size, space, socket.MSG_CMSG_CLOEXEC)
    descriptors = array.array("i")
    for level, kind, data in found:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    head += _exactly(connection, _LENGTH.size - len(head))
    (length,) = _LENGTH.unpack(head)
    return _body(connection, length), list(descriptors)


def _body(connection: socket.socket, length: int) -> dict[str, Any]:
    if length > _LIMIT:
        raise WireError("the message is too long")
    try:
        message = json.loads(_exactly(connection, length).decode("utf-8", "surrogateescape"))
    except ValueError as error:
        raise WireError("not a message") from error
    if not isinstance(message, dict):
        raise WireError("not a message")
    return message


def _exactly(connection: socket.socket, length: int) -> bytes:
    parts = bytearray()
    while len(parts) < length:
        chunk = connection.recv(length - len(parts))
        if not chunk:
            raise WireError("the other side went away")
        parts += chunk
    return bytes(parts)


def address(path: Path, directory: int) -> str:
    """A name for the socket that fits into the 108 bytes of `sun_path`, however deep its folder is.

    `directory` is an open descriptor of the folder (unix(7), proc(5): `/proc/self/fd`).
    """
    return f"/proc/self/fd/{directory}/{path.name}"


def open_folder(path: Path) -> int:
    """A descriptor of the folder, for `address`. Raises `OSError` also when others may enter it, or it is not ours."""
    directory = os.open(path, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    facts = os.fstat(directory)
    if facts.st_uid != os.geteuid() or facts.st_mode & 0o077:
        os.close(directory)
        raise PermissionError(f"{path} is not ours alone")
    return directory
