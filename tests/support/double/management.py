"""A Management API on loopback that knows a few projects and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

ACTIVE = "ACTIVE_HEALTHY"
PAUSED = "INACTIVE"


@dataclass
class ProjectRecord:
    """What the API says about one project; tests change `status` or `name` freely."""

    ref: str
    name: str
    db_host: str
    pooler_host: str
    status: str = ACTIVE

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.ref,
            "ref": self.ref,
            "organization_id": "testorg",
            "organization_slug": "testorg",
            "name": self.name,
            "region": "eu-central-1",
            "created_at": "2026-01-01T00:00:00Z",
            "status": self.status,
            "database": {
                "host": self.db_host,
                "version": "17.4.1.074",
                "postgres_engine": "17",
                "release_channel": "ga",
            },
        }

    def pooler(self) -> list[dict[str, Any]]:
        user = f"postgres.{self.ref}"
        return [
            {
                "identifier": self.ref,
                "database_type": "PRIMARY",
                "is_using_scram_auth": True,
                "db_user": user,
                "db_host": self.pooler_host,
                "db_port": 6543,
                "db_name": "postgres",
                "connection_string": f"postgresql://{user}:[YOUR-PASSWORD]@{self.pooler_host}:6543/postgres",
                "connectionString": f"postgresql://{user}:[YOUR-PASSWORD]@{self.pooler_host}:6543/postgres",
                "default_pool_size": 15,
                "max_client_conn": 200,
                "pool_mode": "transaction",
            }
        ]


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    authorization: str


@dataclass
class ManagementApi:
    """`with ManagementApi() as api:` serves on `api.url`; `api.requests` holds every call, oldest first."""

    projects: dict[str, ProjectRecord] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    broken: int | None = None  # an HTTP status answered to everything
    delay: float = 0.0  # seconds before every answer

    def __enter__(self) -> ManagementApi:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def answer(self, path: str) -> tuple[int, Any]:
        """The status and JSON body for one path (every method: the CLI only reads here)."""
        if self.broken is not None:
            return self.broken, {"message": "broken on purpose"}
        if path == "/v1/projects":
            return 200, [project.as_json() for project in self.projects.values()]
        parts = path.removeprefix("/v1/projects/").split("/", 1)
        project = self.projects.get(parts[0])
        if project is None:
            return 404, {"message": f"Project not found: {parts[0]}"}
        routes: dict[str, Callable[[], Any]] = {
            "": project.as_json,
            "api-keys": lambda: [
                {"name": "anon", "api_key": "anon-key-of-the-double", "id": "anon", "type": "legacy"},
                {"name": "service_role", "api_key": "service-key-of-the-double", "id": "service", "type": "legacy"},
            ],
            "config/database/pooler": project.pooler,
            "network-bans/retrieve": lambda: {"banned_ipv4_addresses": []},
        }
        rest = parts[1] if len(parts) > 1 else ""
        return (200, routes[rest]()) if rest in routes else (404, {"message": "not served by the double"})


def _handler(api: ManagementApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = self.path.partition("?")[0]
            api.requests.append(Request(self.command, path, self.headers.get("Authorization", "")))
            time.sleep(api.delay)
            status, body = api.answer(path)
            data = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

        def log_message(self, *_: object) -> None:
            """The requests are in `api.requests`; standard error stays quiet."""

    return Handler
