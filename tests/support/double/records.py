"""What the Management API says of one project, in the shapes of its public description (`/api/v1-json`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from support.double.cluster import Cluster

ACTIVE = "ACTIVE_HEALTHY"
PAUSED = "INACTIVE"
ORGANIZATION = "testorgtestorgtestor"
REGION = "eu-central-1"
MADE = "2026-01-01T00:00:00Z"
POSTGRES_VERSION = "17.4.1.074"


@dataclass
class ProjectRecord:
    """One project; tests change `status`, `name` or `banned` freely. `database` is where login roles are made."""

    ref: str
    name: str
    db_host: str
    pooler_host: str
    status: str = ACTIVE
    database: Cluster | None = None
    banned: list[str] = field(default_factory=list)
    forbidden: bool = False  # the token's owner may not see this project

    def fresh(self) -> None:
        """As on the project's first day."""
        self.status, self.forbidden = ACTIVE, False
        self.banned.clear()

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.ref,
            "ref": self.ref,
            "organization_id": ORGANIZATION,
            "organization_slug": ORGANIZATION,
            "name": self.name,
            "region": REGION,
            "created_at": MADE,
            "status": self.status,
            "database": {
                "host": self.db_host,
                "version": POSTGRES_VERSION,
                "postgres_engine": "17",
                "release_channel": "ga",
            },
        }

    def pooler(self) -> list[dict[str, Any]]:
        user = f"postgres.{self.ref}"
        url = f"postgresql://{user}:[YOUR-PASSWORD]@{self.pooler_host}:6543/postgres"
        return [
            {
                "identifier": self.ref,
                "database_type": "PRIMARY",
                "is_using_scram_auth": True,
                "db_user": user,
                "db_host": self.pooler_host,
                "db_port": 6543,
                "db_name": "postgres",
                "connection_string": url,
                "connectionString": url,
                "default_pool_size": 15,
                "max_client_conn": 200,
                "pool_mode": "transaction",
            }
        ]

    def branch(self) -> dict[str, Any]:
        """The default branch, which every project has once branching is on."""
        return {
            "id": "00000000-0000-4000-8000-000000000001",
            "name": "main",
            "project_ref": self.ref,
            "parent_project_ref": self.ref,
            "is_default": True,
            "git_branch": "main",
            "persistent": True,
            "status": "FUNCTIONS_DEPLOYED",
            "created_at": MADE,
            "updated_at": MADE,
            "with_data": False,
        }

    def branch_database(self) -> dict[str, Any]:
        """What `GET /v1/branches/{ref}` tells: the way into the branch's database, its password hidden."""
        return {
            "ref": self.ref,
            "postgres_version": POSTGRES_VERSION,
            "postgres_engine": "17",
            "release_channel": "ga",
            "status": self.status,
            "db_host": self.db_host,
            "db_port": 5432,
        }

    def keys(self, reveal: bool) -> list[dict[str, Any]]:
        """The project's API keys; a secret one is whole only when asked for with `reveal=true`."""
        legacy = [
            {"name": name, "api_key": f"{name}-key-of-the-double", "id": name, "type": "legacy", "description": None}
            for name in ("anon", "service_role")
        ]
        whole = "sb_secret_keyofthedouble"
        modern = [
            {"name": "default", "id": "publishable", "type": "publishable", "api_key": "sb_publishable_ofthedouble"},
            {"name": "default", "id": "secret", "type": "secret", "api_key": whole if reveal else "sb_secret_key··"},
        ]
        return [*legacy, *modern]
