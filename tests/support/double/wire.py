"""The few messages of PostgreSQL's protocol (3.0, "Message Formats") that a network in front of a server speaks."""

from __future__ import annotations

import socket
import struct
from contextlib import suppress

PROTOCOL = 196608
CANCEL, SSL, GSS = 80877102, 80877103, 80877104


def error_response(message: str, sqlstate: str = "XX000") -> bytes:
    """ErrorResponse for a refused connection."""
    body = b"".join(
        code + text.encode() + b"\0"
        for code, text in ((b"S", "FATAL"), (b"V", "FATAL"), (b"C", sqlstate), (b"M", message))
    )
    return b"E" + (len(body) + 5).to_bytes(4, "big") + body + b"\0"


def read_first(client: socket.socket) -> tuple[int, bytes]:
    """A packet without a type byte: its code (protocol version or request) and what follows. Raises `OSError`."""
    (length,) = struct.unpack("!i", _exactly(client, 4))
    packet = _exactly(client, length - 4)
    return struct.unpack("!i", packet[:4])[0], packet[4:]


def parameters(body: bytes) -> dict[str, str]:
    """The names and values of a StartupMessage."""
    words = [word.decode() for word in body.rstrip(b"\0").split(b"\0")]
    return dict(zip(words[::2], words[1::2], strict=False))


def first(code: int, body: bytes = b"") -> bytes:
    """A packet without a type byte."""
    return struct.pack("!ii", len(body) + 8, code) + body


def startup(values: dict[str, str]) -> bytes:
    """A StartupMessage with these parameters."""
    return first(PROTOCOL, b"".join(f"{key}\0{value}\0".encode() for key, value in values.items()) + b"\0")


def pump(source: socket.socket, sink: socket.socket) -> None:
    """Forward until one side has ended."""
    with suppress(OSError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def abort(end: socket.socket) -> None:
    """Hang up."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        end.close()


def _exactly(client: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = client.recv(count - len(data))
        if not more:
            raise ConnectionError("the other side hung up")
        data += more
    return data
