"""The region's pooler: one host for every project of a region, which tells them apart by the user alone.

As Supavisor does (its `HandlerHelpers.parse_user_info` and `DbHandler`): the tenant is what follows the user's last dot,
or `options=reference=<ref>`; the server sees the bare user, no `options`, and "Supavisor - …" as the application.
Port 5432 pools sessions. On 6543, transactions, this double holds one session per client as well.
"""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from support.double import wire

PORTS = (5432, 6543)


@dataclass
class Pooler:
    """Listens at `address` on both ports; `tenants` says where each project's server is, `source` is who asks there."""

    address: str
    source: str
    certificate: tuple[Path, Path]
    tenants: dict[str, tuple[str, int]] = field(default_factory=dict)
    routed: list[tuple[str, str]] = field(default_factory=list)  # (tenant, user) of every connection, oldest first
    refusal: str | None = None

    def __enter__(self) -> Pooler:
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*self.certificate)
        self._listeners = [socket.create_server((self.address, port)) for port in PORTS]
        for listener in self._listeners:
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for listener in self._listeners:
            listener.close()

    def fresh(self) -> None:
        """Nothing refused and nothing routed yet."""
        self.refusal = None
        self.routed.clear()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            code, body = wire.read_first(client)
            while code in (wire.SSL, wire.GSS):
                client.sendall(b"S" if code == wire.SSL else b"N")
                if code == wire.SSL:
                    client = self._context.wrap_socket(client, server_side=True)
                code, body = wire.read_first(client)
            if code == wire.CANCEL:
                self._cancel(body)
            else:
                self._route(client, wire.parameters(body))
        except OSError:
            pass
        finally:
            wire.abort(client)

    def _route(self, client: socket.socket, asked: dict[str, str]) -> None:
        user, tenant = _tenant(asked)
        self.routed.append((tenant, user))
        refusal = self.refusal or self._unknown(user, tenant)
        if refusal:
            client.sendall(wire.error_response(refusal))
            client.recv(1)
            return
        with self._connect(tenant) as server:
            name = f"Supavisor - {asked.get('application_name', '')}"
            database = asked.get("database", "postgres")
            server.sendall(wire.startup({"user": user, "database": database, "application_name": name}))
            threading.Thread(target=wire.pump, args=(client, server), daemon=True).start()
            wire.pump(server, client)

    def _unknown(self, user: str, tenant: str) -> str | None:
        if not tenant:
            return "(ENOIDENTIFIER) no tenant identifier provided (external_id or sni_hostname required)"
        return None if tenant in self.tenants else f"(ENOTFOUND) tenant/user {user}.{tenant} not found"

    def _connect(self, tenant: str) -> socket.socket:
        server = socket.create_connection(self.tenants[tenant], timeout=5, source_address=(self.source, 0))
        server.settimeout(None)
        return server

    def _cancel(self, body: bytes) -> None:
        # A key belongs to one server; the others do not know it and do nothing.
        for tenant in self.tenants:
            with suppress(OSError), self._connect(tenant) as server:
                server.sendall(wire.first(wire.CANCEL, body))


def _tenant(asked: dict[str, str]) -> tuple[str, str]:
    """The user and the tenant that a client names."""
    user = asked.get("user", "")
    _, reference, tenant = asked.get("options", "").partition("reference=")
    if reference:
        return user, tenant.split()[0]
    name, dot, tenant = user.rpartition(".")
    return (name, tenant) if dot else (user, "")
