"""The double is as rich as the real thing: what the CLI's two majors ask the Management API is answered by it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from support.double import routes
from support.double.cloud import ACCESS_TOKEN
from support.house import House

from supabase_tasks.cli import SupabaseCli, linked_project


def ask(house: House, method: str, path: str, body: Any = None, token: str | None = ACCESS_TOKEN) -> tuple[int, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(house.cloud.api.url + path, data, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read() or b"null")


def test_a_login_role_is_real_and_becomes_postgres(house: House) -> None:
    import psycopg

    staging = house.cloud.projects["staging"]
    status, login = ask(house, "POST", f"/v1/projects/{staging.ref}/cli/login-role", {"read_only": False})
    assert status == 201
    assert login["role"] == "cli_login_postgres"
    assert login["ttl_seconds"] == 300
    with psycopg.connect(
        host=staging.record.db_host, user=login["role"], password=login["password"], dbname="postgres", autocommit=True
    ) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("create schema not_inherited")
        connection.execute("set session role postgres")
        connection.execute("create schema stepped_down")
    assert house.query("prod", "select 1 from pg_roles where rolname = 'cli_login_postgres'") == []
    assert ask(house, "DELETE", f"/v1/projects/{staging.ref}/cli/login-role") == (200, {"message": "ok"})
    assert house.query("staging", "select 1 from pg_roles where rolname like 'cli_login%'") == []


def test_without_a_password_the_real_cli_migrates_by_a_login_role(both: House, monkeypatch: pytest.MonkeyPatch) -> None:
    # What makes a wrong ref dangerous: the access token alone is enough to change any project of its owner.
    both.migration("0000_scenes", "create table public.scenes (id int primary key);\n")
    staging = both.cloud.projects["staging"]
    for name, value in both.environment.items():
        monkeypatch.setenv(name, value)
    given = {name: both.environment[name] for name in ("SUPABASE_ACCESS_TOKEN", "SUPABASE_PROFILE", "HOME")}
    cli = SupabaseCli.of(both.settings, environment=given)
    cli.link(staging.ref)
    cli.push(linked_project(staging.ref))
    assert both.ledger("staging") == ["0000"]
    assert both.query("staging", "select tableowner from pg_tables where tablename = 'scenes'") == [("postgres",)]
    assert f"POST /v1/projects/{staging.ref}/cli/login-role" in both.cloud.api.asked(staging.ref)


def test_every_route_of_the_double_answers_its_owner_and_no_one_else(house: House) -> None:
    ref = house.cloud.projects["staging"].ref
    bodies = {"/cli/login-role": {"read_only": True}, "/database/query": {"query": "select 1 as one"}}
    for method, rest in routes.served():
        path, body = f"/v1/projects/{ref}{rest}", bodies.get(rest) if method == "POST" else None
        assert ask(house, method, path, body)[0] in (200, 201), (method, path)
        assert ask(house, method, path, body, token=None)[0] == 401
        assert ask(house, method, path, body, token="sbp_" + "f" * 40)[0] == 401
        assert ask(house, method, f"/v1/projects/{'z' * 20}{rest}", body)[0] == 404
        house.cloud.projects["staging"].record.forbidden = True
        assert ask(house, method, path, body)[0] == 403
        house.cloud.projects["staging"].record.forbidden = False


def test_a_known_path_with_another_method_is_405(house: House) -> None:
    ref = house.cloud.projects["staging"].ref
    assert ask(house, "PATCH", f"/v1/projects/{ref}/cli/login-role")[0] == 405
    assert ask(house, "DELETE", "/v1/profile")[0] == 405


def test_what_is_not_served_is_remembered(house: House) -> None:
    api = house.cloud.api
    ref = house.cloud.projects["staging"].ref
    assert ask(house, "POST", f"/v1/projects/{ref}/pause")[0] == 404
    assert [str(call) for call in api.unserved] == [f"POST /v1/projects/{ref}/pause → 404"]
    api.unserved.clear()


@pytest.mark.parametrize("port", [5432, 6543])
def test_one_pooler_leads_to_every_project_by_the_user_alone(house: House, port: int) -> None:
    import psycopg

    staging, prod = house.cloud.projects["staging"], house.cloud.projects["prod"]
    assert staging.record.pooler_host == prod.record.pooler_host
    seen = {}
    for project in (staging, prod):
        with psycopg.connect(
            host=project.record.pooler_host,
            port=port,
            user=f"postgres.{project.ref}",
            password=project.password,
            dbname="postgres",
            options="-c search_path=auth",
            application_name="mine",
        ) as connection:
            seen[project.name] = connection.execute(
                "select (pg_control_system()).system_identifier, current_user, current_setting('application_name')"
            ).fetchone()
    assert len({row[0] for row in seen.values() if row}) == 2
    assert {row[1:] for row in seen.values() if row} == {("postgres", "Supavisor - mine")}


@pytest.mark.parametrize(
    ("user", "said"),
    [("postgres", "ENOIDENTIFIER"), ("postgres." + "z" * 20, "ENOTFOUND"), ("nosuch.{prod}", "password")],
)
def test_the_pooler_refuses_whom_it_does_not_know(house: House, user: str, said: str) -> None:
    import psycopg

    prod = house.cloud.projects["prod"]
    with pytest.raises(psycopg.OperationalError, match=said):
        psycopg.connect(
            host=prod.record.pooler_host, user=user.format(prod=prod.ref), password=prod.password, dbname="postgres"
        )


def test_a_login_role_goes_through_the_pooler(house: House) -> None:
    import psycopg

    staging = house.cloud.projects["staging"]
    _, login = ask(house, "POST", f"/v1/projects/{staging.ref}/cli/login-role", {"read_only": False})
    with psycopg.connect(
        host=staging.record.pooler_host,
        user=f"{login['role']}.{staging.ref}",
        password=login["password"],
        dbname="postgres",
    ) as connection:
        assert connection.execute("select session_user").fetchone() == ("cli_login_postgres",)
