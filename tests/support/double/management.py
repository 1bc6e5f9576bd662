"""A Management API on loopback that knows a few projects and remembers what it was asked."""

from __future__ import annotations

import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from support.double import routes
from support.double.records import ACTIVE, PAUSED, ProjectRecord

__all__ = ["ACCESS_TOKEN", "ACTIVE", "PAUSED", "ManagementApi", "ProjectRecord", "Request"]
ACCESS_TOKEN = "sbp_" + "0123456789abcdef" * 2 + "01234567"


@dataclass
class Request:
    """One call. Of its headers these are kept; the token only as "good", "wrong" or "none"."""

    method: str
    path: str
    query: str = ""
    body: Any = None
    user_agent: str = ""
    token: str = "none"
    status: int = 0  # until it is answered

    def __str__(self) -> str:
        return f"{self.method} {self.path}{'?' + self.query if self.query else ''} → {self.status}"


@dataclass
class ManagementApi:
    """`with ManagementApi() as api:` serves on `api.url`; `api.requests` holds every call, oldest first, and
    `api.unserved` those to which this double has no answer: a test that causes one has not met the real thing."""

    projects: dict[str, ProjectRecord] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    unserved: list[Request] = field(default_factory=list)
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

    def fresh(self) -> None:
        """No calls yet, nothing broken."""
        self.requests.clear()
        self.unserved.clear()
        self.broken, self.delay = None, 0.0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def asked(self, ref: str) -> list[str]:
        """Every "METHOD path" that named this project, oldest first."""
        return [f"{call.method} {call.path}" for call in self.requests if ref in call.path.split("/")]

    def serve(self, call: Request, authorization: str) -> tuple[int, Any]:
        """The status and the JSON body (None: no body) for one call. It is recorded when it arrives."""
        call.token = _token(authorization)
        self.requests.append(call)
        time.sleep(self.delay)
        call.status, body = self._answer(call)
        return call.status, body

    def _answer(self, call: Request) -> tuple[int, Any]:
        if self.broken is not None:
            return self.broken, {"message": "broken on purpose"}
        if call.token != "good":
            return 401, {"message": "Unauthorized"}
        known = routes.answer(
            call.method, call.path, routes.Call(dict(parse_qsl(call.query)), call.body, self.projects)
        )
        if known is None:
            self.unserved.append(call)
        return known or (404, {"message": "not served by the double"})


def _token(authorization: str) -> str:
    if not authorization:
        return "none"
    return "good" if authorization == f"Bearer {ACCESS_TOKEN}" else "wrong"


def _handler(api: ManagementApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = urlsplit(self.path)
            call = Request(self.command, parts.path, parts.query, _json(sent), self.headers.get("User-Agent", ""))
            status, body = api.serve(call, self.headers.get("Authorization", ""))
            data = b"" if body is None else json.dumps(body).encode()
            with suppress(BrokenPipeError, ConnectionResetError):
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _serve  # noqa: N815

        def log_message(self, *_: object) -> None:
            """The requests are in `api.requests`; standard error stays quiet."""

    return Handler


def _json(sent: bytes) -> Any:
    try:
        return json.loads(sent) if sent else None
    except ValueError:
        return sent.decode(errors="replace")
