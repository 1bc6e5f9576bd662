"""The network in front of a hosted database: a TCP proxy that tests can cut, refuse or let answer for itself."""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from support.double import wire


@dataclass
class Proxy:
    """Listens on (address, port), forwards to (target_address, target_port).

    `refusal`, when set, is what every new connection is told as a PostgreSQL error; `down` makes it hang up at once.
    """

    address: str
    port: int
    target: tuple[str, int]
    certificate: tuple[Path, Path]
    refusal: str | None = None
    down: bool = False
    accepted: int = 0
    _pairs: list[tuple[socket.socket, socket.socket]] = field(default_factory=list)

    def __enter__(self) -> Proxy:
        self._listener = socket.create_server((self.address, self.port))
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Hang up on both sides of every open connection, as a broken network does."""
        pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                wire.abort(end)

    def cut_clients(self) -> None:
        """Hang up on the clients only: the server goes on with what it was sent."""
        for client, _ in self._pairs:
            wire.abort(client)

    def heal(self) -> None:
        """Back to plain forwarding."""
        self.refusal, self.down = None, False

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.accepted += 1
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        if self.down:
            return wire.abort(client)
        if self.refusal is not None:
            return _refuse(client, self.refusal, self.certificate)
        try:
            server = socket.create_connection(self.target, timeout=5)
        except OSError:
            return wire.abort(client)
        server.settimeout(None)
        self._pairs.append((client, server))
        threading.Thread(target=wire.pump, args=(client, server), daemon=True).start()
        wire.pump(server, client)
        return None


def _refuse(client: socket.socket, message: str, certificate: tuple[Path, Path]) -> None:
    """What a pooler does: TLS first, then the start-up packet, then the error."""
    with suppress(OSError), client:
        client.recv(8)
        client.sendall(b"S")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        with context.wrap_socket(client, server_side=True) as secured:
            secured.recv(4096)
            secured.sendall(wire.error_response(message))
            secured.recv(4096)
