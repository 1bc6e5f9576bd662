"""Other users of the machine: code that runs as one of them. For root only, who can become anybody."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

needs_root = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root becomes another user"
)
# `nobody`, and a user that nothing on the machine runs as.
USERS = (65534, 54321)


# What comes back is whatever JSON can hold.
def as_user(uid: int, work: Callable[[], Any]) -> Any:
    """What `work` returns in a process of the user `uid` without any other group. Raises what it raised, as text."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        become(uid)
        try:
            answer = {"value": work()}
        except BaseException as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        os.write(writer, json.dumps(answer).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    answer = json.loads(text)
    if "error" in answer:
        raise AssertionError(answer["error"])
    return answer["value"]


@contextmanager
def meanwhile(uid: int, attempt: Callable[[], list[str]]) -> Iterator[Callable[[], tuple[int, list[str]]]]:
    """A process of the user `uid` that does `attempt` over and over. Yields a function that ends it and returns how often
    it tried and everything that it got."""
    reader, writer = os.pipe()
    stop, tell = os.pipe()
    os.set_blocking(stop, False)
    child = os.fork()
    if child == 0:
        os.close(tell)
        become(uid)
        count, got = 0, set()
        while not _closed(stop):
            got.update(attempt())
            count += 1
        os.write(writer, json.dumps([count, sorted(got)]).encode())
        os._exit(0)
    os.close(writer)
    ended: list[tuple[int, list[str]]] = []

    def end() -> tuple[int, list[str]]:
        if not ended:
            os.close(tell)
            with os.fdopen(reader, "rb") as pipe:
                count, got = json.loads(pipe.read())
            os.waitpid(child, 0)
            ended.append((count, got))
        return ended[0]

    try:
        yield end
    finally:
        end()


def _closed(stop: int) -> bool:
    try:
        return os.read(stop, 1) == b""
    except BlockingIOError:
        return False


def become(uid: int) -> None:
    """This process is that user's from now on, in a folder that everybody may enter."""
    os.chdir("/")
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
    for name in [name for name in os.environ if name.startswith("PG")]:
        del os.environ[name]
    os.environ["HOME"] = "/nonexistent"


ROLES = ("postgres", "supabase_admin", "authenticator", "anon", "service_role", "supabase_auth_admin", "app", "evil")
PASSWORDS = (None, "postgres", "known-password", "supabase_admin")


def got_in(ports: tuple[int, ...], sockets: tuple[Path, ...]) -> list[str]:
    """The ways in which this process got in, of all: every role, every password that everybody knows, TCP and socket."""
    found = []
    for port in ports:
        for host in ("127.0.0.1", "::1", *map(str, sockets)):
            for role in ROLES:
                for password in PASSWORDS:
                    began = time.monotonic()
                    if _connects(host=host, port=port, user=role, password=password):
                        found.append(f"{role} at {host}:{port} with {password}")
                    # What it tries to get into has to run too, and the test beside this one.
                    time.sleep(time.monotonic() - began)
    return found


def _connects(**how: str | int | None) -> bool:
    try:
        psycopg.connect(dbname="postgres", connect_timeout=2, sslmode="disable", passfile="/nonexistent", **how).close()
    except (psycopg.Error, OSError):
        return False
    return True
