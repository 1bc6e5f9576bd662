"""The reference application is what people copy from: our linter, squawk and Supabase's advisors have nothing to warn of."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from support import clis

from supabase_tasks import postgres
from supabase_tasks.cli import SupabaseCli, at_url, find_cli
from supabase_tasks.flow.migrations.lint import lint_migrations
from supabase_tasks.settings import Settings

# Reached by the service role alone, and partitions, which are reached through their table.
WITHOUT_POLICY = {"payment_events", "usage_records_2026", "usage_records_2027", "usage_records_other"}


def test_supabases_advisors(
    settings: Settings, server: postgres.Server, database: str, both_clis: None, tmp_path: Path
) -> None:
    """Of the notes there are those on tables without a policy, and what only a database in use can tell."""
    cli = SupabaseCli(find_cli(replace(settings, cli_path=str(clis.path("3")))), tmp_path)
    found = json.loads(cli.advisors(at_url(server.url(database), password=server.password)).stdout or "[]")
    assert [one["detail"] for one in found if one["level"].lower() != "info"] == []
    tables = {
        one["detail"].split("`")[1].removeprefix("public.") for one in found if one["name"] == "rls_enabled_no_policy"
    }
    assert tables == WITHOUT_POLICY


def test_our_linter_and_squawk(settings: Settings) -> None:
    found = lint_migrations(settings)
    assert (found.squawk, found.findings) == (True, ())
