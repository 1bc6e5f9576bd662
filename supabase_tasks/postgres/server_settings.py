"""What our servers are configured with: both clusters, and the shadow server alone."""

from __future__ import annotations

from supabase_tasks.postgres.extension_scripts import SHADOW_NAME
from supabase_tasks.postgres.ports import HOST

# Any session can ask which of its extensions are stand-ins: current_setting('supabase_tasks.standins', true).
STANDINS_SETTING = "supabase_tasks.standins"
COMMON = {
    "listen_addresses": HOST,
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "shared_buffers": "64MB",
    # A publication is refused a warning-free life below `logical`; hosted Supabase runs with it.
    "wal_level": "logical",
    "shared_preload_libraries": "pg_stat_statements",
    "jit": "off",
    "max_locks_per_transaction": "512",
    "log_min_messages": "fatal",
    "autovacuum_naptime": "60s",
    # What a migration or a seed sets as a password, and everybody may read there, does not open TCP: SCRAM is asked for.
    "password_encryption": "md5",
}
SHADOW = {
    # What extension scripts know it by: on it, nothing connects anywhere.
    "cluster_name": SHADOW_NAME,
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1d",
    # The shadow server's statistics are never read, and they take a tenth of the time of DDL.
    "pg_stat_statements.track": "none",
    "compute_query_id": "off",
    # A catalog query is planned once in each session, which takes as long as running it: without these ways of joining, which
    # none of them needs, a snapshot takes a fifth less.
    "enable_mergejoin": "off",
    "enable_memoize": "off",
    "enable_incremental_sort": "off",
    "enable_bitmapscan": "off",
}
