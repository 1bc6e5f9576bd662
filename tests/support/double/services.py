"""What the Management API tells of a project's services when nothing was changed there."""

from __future__ import annotations

from typing import Any

from support.double.records import ACTIVE

STORAGE: dict[str, Any] = {
    "fileSizeLimit": 52428800,
    "features": {
        "imageTransformation": {"enabled": True},
        "s3Protocol": {"enabled": True},
        "icebergCatalog": {"enabled": False, "maxNamespaces": 10, "maxTables": 10, "maxCatalogs": 2},
        "vectorBuckets": {"enabled": False, "maxBuckets": 10, "maxIndexes": 5},
    },
    "capabilities": {"list_v2": True, "iceberg_catalog": False},
    "external": {"upstreamTarget": "main"},
    "migrationVersion": "drop-index-object-level",
    "databasePoolMode": "recycled",
}
POSTGREST: dict[str, Any] = {
    "db_schema": "public,graphql_public",
    "max_rows": 1000,
    "db_extra_search_path": "public, extensions",
    "db_pool": None,
}
PGBOUNCER: dict[str, Any] = {"default_pool_size": 15, "max_client_conn": 200, "pool_mode": "transaction"}
SSL_ENFORCEMENT: dict[str, Any] = {"currentConfig": {"database": False}, "appliedSuccessfully": True}
NETWORK_RESTRICTIONS: dict[str, Any] = {
    "entitlement": "allowed",
    "config": {"dbAllowedCidrs": ["0.0.0.0/0"], "dbAllowedCidrsV6": ["::/0"]},
    "status": "applied",
}
REALTIME: dict[str, Any] = {
    "private_only": None,
    "connection_pool": 2,
    "max_concurrent_users": 200,
    "max_events_per_second": 100,
    "max_bytes_per_second": 100000,
    "max_channels_per_client": 100,
    "max_joins_per_second": 100,
    "max_presence_events_per_second": 100,
    "max_payload_size_in_kb": 3000,
    "suspend": False,
    "presence_enabled": True,
}
UPGRADE: dict[str, Any] = {
    "eligible": False,
    "current_app_version": "supabase-postgres-17.4.1.074",
    "current_app_version_release_channel": "ga",
    "latest_app_version": "supabase-postgres-17.4.1.074",
    "target_upgrade_versions": [],
    "duration_estimate_hours": 0,
    "legacy_auth_custom_roles": [],
    "objects_to_be_dropped": [],
    "unsupported_extensions": [],
    "user_defined_objects_in_internal_schemas": [],
    "validation_errors": [],
    "warnings": [],
}
# The description has some two hundred more, each of which may be null; these are the ones with a meaning here.
AUTH: dict[str, Any] = {
    "site_url": "http://localhost:3000",
    "uri_allow_list": "",
    "disable_signup": False,
    "external_email_enabled": True,
    "external_phone_enabled": False,
    "external_anonymous_users_enabled": False,
    "jwt_exp": 3600,
    "mailer_autoconfirm": False,
    "mailer_otp_exp": 3600,
    "password_min_length": 6,
    "passkey_enabled": False,
    "nimbus_oauth_client_id": None,
}


def health(asked: str) -> list[dict[str, Any]]:
    """Every service that was asked for is well."""
    return [{"name": name, "healthy": True, "status": ACTIVE} for name in asked.split(",")]
