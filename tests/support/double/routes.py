"""The Management API's routes: method, path and answer, as its public description and the CLI's two majors have them.

A route that is missing here is an unserved request, which fails the test that caused it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from support.double import login_roles, services
from support.double.records import ORGANIZATION, ProjectRecord

Answer = tuple[int, Any]


@dataclass(frozen=True)
class Call:
    """One request, taken apart."""

    query: Mapping[str, str]
    body: Any
    projects: Mapping[str, ProjectRecord]


ForProject = Callable[[ProjectRecord, Call], Answer]


def _always(body: Any, status: int = 200) -> ForProject:
    return lambda project, call: (status, body)


def _login_role(project: ProjectRecord, call: Call) -> Answer:
    if not isinstance(call.body, dict) or not isinstance(call.body.get("read_only"), bool):
        return 400, {"message": "read_only: Required"}
    if project.database is None:
        return 500, {"message": "Failed to create login role"}
    with project.database.admin() as admin:
        return 201, login_roles.create(admin, call.body["read_only"])


def _no_login_roles(project: ProjectRecord, call: Call) -> Answer:
    if project.database is not None:
        with project.database.admin() as admin:
            login_roles.remove(admin)
    return 200, {"message": "ok"}


def _unban(project: ProjectRecord, call: Call) -> Answer:
    freed = (call.body or {}).get("ipv4_addresses", [])
    project.banned[:] = [address for address in project.banned if address not in freed]
    return 200, None


def _query(project: ProjectRecord, call: Call) -> Answer:
    if project.database is None:
        return 500, {"message": "Failed to run sql query"}
    with project.database.admin() as admin:
        admin.execute("set role postgres")
        cursor = admin.execute(call.body["query"])
        names = [column.name for column in cursor.description or ()]
        rows = cursor.fetchall() if names else []
    return 201, [dict(zip(names, map(_plain, row), strict=True)) for row in rows]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)


# What follows `/v1/projects/{ref}`.
_PROJECT: dict[tuple[str, str], ForProject] = {
    ("GET", ""): lambda project, call: (200, project.as_json()),
    ("GET", "/api-keys"): lambda project, call: (200, project.keys(call.query.get("reveal") == "true")),
    ("GET", "/branches"): lambda project, call: (200, [project.branch()]),
    ("GET", "/branches/main"): lambda project, call: (200, project.branch()),
    ("POST", "/cli/login-role"): _login_role,
    ("DELETE", "/cli/login-role"): _no_login_roles,
    ("GET", "/config/auth"): _always(services.AUTH),
    ("GET", "/config/auth/third-party-auth"): _always([]),
    ("GET", "/config/database/pooler"): lambda project, call: (200, project.pooler()),
    ("GET", "/config/database/pgbouncer"): _always(services.PGBOUNCER),
    ("GET", "/config/database/postgres"): _always({}),
    ("GET", "/config/storage"): _always(services.STORAGE),
    ("GET", "/config/realtime"): _always(services.REALTIME),
    ("GET", "/postgrest"): _always(services.POSTGREST),
    ("GET", "/ssl-enforcement"): _always(services.SSL_ENFORCEMENT),
    ("GET", "/network-restrictions"): _always(services.NETWORK_RESTRICTIONS),
    ("POST", "/network-bans/retrieve"): lambda project, call: (201, {"banned_ipv4_addresses": project.banned}),
    ("DELETE", "/network-bans"): _unban,
    ("GET", "/health"): lambda project, call: (200, services.health(call.query.get("services", "db"))),
    ("GET", "/upgrade/eligibility"): _always(services.UPGRADE),
    ("GET", "/types/typescript"): _always({"types": "export type Json = unknown\n"}),
    ("GET", "/advisors/security"): _always({"lints": []}),
    ("GET", "/advisors/performance"): _always({"lints": []}),
    ("POST", "/database/query"): _query,
    ("GET", "/functions"): _always([]),
    ("GET", "/secrets"): _always([]),
    ("GET", "/storage/buckets"): _always([]),
}
_PROFILE = {"gotrue_id": "00000000-0000-4000-8000-000000000000", "primary_email": "t@example.org", "username": "tester"}
_ORGANIZATION = {"id": ORGANIZATION, "slug": ORGANIZATION, "name": "Vectreal"}
_MEMBER = {"user_id": _PROFILE["gotrue_id"], "user_name": "tester", "role_name": "Owner", "mfa_enabled": True}
_PLAN = {"plan": "pro", "opt_in_tags": [], "allowed_release_channels": ["ga"]}
# Everything that no project's ref is part of.
_ACCOUNT: dict[tuple[str, str], Callable[[Call], Answer]] = {
    ("GET", "/v1/projects"): lambda call: (200, [p.as_json() for p in call.projects.values() if not p.forbidden]),
    ("GET", "/v1/organizations"): lambda call: (200, [_ORGANIZATION]),
    ("GET", f"/v1/organizations/{ORGANIZATION}"): lambda call: (200, {**_ORGANIZATION, **_PLAN}),
    ("GET", f"/v1/organizations/{ORGANIZATION}/entitlements"): lambda call: (200, {"entitlements": []}),
    ("GET", f"/v1/organizations/{ORGANIZATION}/members"): lambda call: (
        200,
        [{"user_id": _PROFILE["gotrue_id"], "user_name": "tester", "role_name": "Owner", "mfa_enabled": True}],
    ),
    ("GET", "/v1/profile"): lambda call: (200, _PROFILE),
}
_OF_PROJECT = re.compile(r"/v1/projects/([^/]+)(/.*)?$")
_OF_BRANCH = re.compile(r"/v1/branches/([^/]+)$")
_REF = re.compile(r"[a-z]{20}$")


def served() -> list[tuple[str, str]]:
    """Every (method, path below `/v1/projects/{ref}`) that this double answers."""
    return sorted(_PROJECT)


def answer(method: str, path: str, call: Call) -> Answer | None:
    """The status and the body for a request with a good token; None where this double has no such route."""
    if (account := _ACCOUNT.get((method, path))) is not None:
        return account(call)
    if (branch := _OF_BRANCH.match(path)) and method == "GET":
        return _visible(branch[1], call) or (200, call.projects[branch[1]].branch_database())
    found = _OF_PROJECT.match(path)
    if found is None:
        return _wrong_method(path, _ACCOUNT)
    ref, rest = found[1], found[2] or ""
    route = _PROJECT.get((method, rest))
    if route is None:
        return _wrong_method(rest, _PROJECT)
    return _visible(ref, call) or route(call.projects[ref], call)


def _visible(ref: str, call: Call) -> Answer | None:
    """The refusal for a ref that is none, unknown, or another owner's; None when the token's owner may see it."""
    if not _REF.match(ref):
        return 400, {"message": "ref: Project ref must be 20 lower-case letters"}
    if ref not in call.projects:
        return 404, {"message": "Project not found"}
    if call.projects[ref].forbidden:
        return 403, {"message": "Your account does not have the necessary privileges to access this endpoint."}
    return None


def _wrong_method(path: str, table: Mapping[tuple[str, str], object]) -> Answer | None:
    known = any(path == other for _, other in table)
    return (405, {"message": "Method Not Allowed"}) if known else None
