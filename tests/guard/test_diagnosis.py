from __future__ import annotations

import socket
from collections.abc import Callable

import pytest

from supabase_tasks.environment import Environment
from supabase_tasks.errors import CliError
from supabase_tasks.guard import diagnosis, targets
from supabase_tasks.guard.targets import Target
from supabase_tasks.settings import Settings

REF = "s" * 20


@pytest.fixture
def target(settings: Settings, environment: Callable[..., Environment]) -> Target:
    values = {"SUPABASE_PROJECT_REF_STAGING": REF, "SUPABASE_DB_PASSWORD_STAGING": "hunter2secret"}
    return targets.resolve(settings, environment(**values), "staging")


@pytest.mark.parametrize(
    ("said", "code", "helps"),
    [
        ('FATAL:  password authentication failed for user "postgres"', "password", "SUPABASE_DB_PASSWORD_STAGING"),
        ("FATAL:  Tenant or user not found", "pooler-tenant", "DATABASE_URL_STAGING"),
        ("connect ECONNREFUSED 1.2.3.4:5432", "connection-refused", "network restrictions"),
        ("connection failed: Connection refused", "connection-refused", "network restrictions"),
        ("could not translate host name: Name or service not known", "host-unknown", "SUPABASE_PROJECT_REF_STAGING"),
        ("getaddrinfo ENOTFOUND db.x", "host-unknown", "paused"),
        ("failed to resolve host 'db.x': [Errno -2] Name or service not known", "host-unknown", "paused"),
        ("failed to resolve host 'db.x': [Errno -3] Temporary failure in name resolution", "offline", "the network"),
        ("connection timeout expired", "timeout", "paused"),
        ("connection to server failed: Network is unreachable", "ipv6", "DATABASE_URL_STAGING"),
        ("FATAL: Circuit breaker open: Too many authentication errors", "network-ban", "network-bans get"),
        ("FATAL: (EMAXCONNSESSION) max clients reached", "too-many-connections", "close other sessions"),
        ("something new", "unreachable", "supabase-status"),
    ],
)
def test_a_cause_and_what_helps(
    target: Target, monkeypatch: pytest.MonkeyPatch, said: str, code: str, helps: str
) -> None:
    monkeypatch.setattr(diagnosis, "only_ipv6", lambda host: False)
    error = diagnosis.unreachable(target, target.address, said)
    assert error.code == code
    assert helps in (error.next_step or "")
    assert "{" not in (error.next_step or "")
    assert error.message.startswith("staging: ")


def test_a_host_with_ipv6_only_is_told_as_that(target: Target, monkeypatch: pytest.MonkeyPatch) -> None:
    def resolve(host: str, port: None, family: int) -> list[tuple[int, int, int, str, tuple[str, int]]]:
        if family == socket.AF_INET:
            raise socket.gaierror("no address of that family")
        return [(family, 0, 0, "", ("2600::1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    error = diagnosis.unreachable(target, target.address, "could not connect")
    assert error.code == "ipv6"
    assert "IPv6 only" in error.message


def test_the_clis_failure_gets_the_targets_own_advice(target: Target) -> None:
    known = diagnosis.explain_cli_error(target, CliError("refused", cause="why", next_step="general", code="password"))
    assert "SUPABASE_DB_PASSWORD_STAGING" in (known.next_step or "")
    assert known.cause == "why"
    other = CliError("refused", next_step="general", code="elsewhere")
    assert diagnosis.explain_cli_error(target, other) is other
