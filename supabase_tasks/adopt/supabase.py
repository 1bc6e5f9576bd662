"""supabase/: config.toml as small as the CLI accepts, and the ignore file its own `init` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from supabase_tasks.adopt.changes import Change, propose
from supabase_tasks.supabase_config import DEFAULT_API_SCHEMAS, DEFAULT_DB_PORT, DEFAULT_MAJOR

_CONFIG = """# For the keys see https://supabase.com/docs/guides/local-development/cli/config
project_id = "{project}"

[api]
# Only these schemas are reachable over the API.
schemas = [{schemas}]
# New tables get no grants by themselves: the models say who may do what.
auto_expose_new_tables = false

[db]
port = {port}
major_version = {major}

[db.seed]
enabled = true
sql_paths = ["./seed.sql"]
"""
_IGNORE = """# What the Supabase CLI keeps for itself
.branches
.temp

# Secrets of edge functions and of local development
.env
.env.keys
.env.local
.env.*.local
"""


def changes(supabase: Path, project: str) -> Iterator[Change]:
    """config.toml and .gitignore where they are missing. An existing config.toml is never touched."""
    config = supabase / "config.toml"
    if not config.exists():
        text = _CONFIG.format(
            project=re.sub(r"[^A-Za-z0-9_.-]+", "-", project)[:40],
            schemas=", ".join(f'"{name}"' for name in DEFAULT_API_SCHEMAS),
            port=DEFAULT_DB_PORT,
            major=DEFAULT_MAJOR,
        )
        yield from filter(None, [propose(config, text, "the Supabase project")])
    ignore = supabase / ".gitignore"
    if not ignore.exists():
        yield from filter(None, [propose(ignore, _IGNORE, "keeps local files out of git")])
