"""Embedded PostgreSQL that looks like a fresh Supabase database: servers, platform template, replay, dumps.

Other parts import from here only. Nothing heavy is loaded until a function is called.
"""

from __future__ import annotations

from supabase_tasks.postgres.assistance import Assistance, cli_workspace
from supabase_tasks.postgres.cluster import (
    ClusterStatus,
    RunningServer,
    all_running,
    former_names,
    install,
    local,
    secure,
    shadow,
    status,
    stop,
    stop_all,
)
from supabase_tasks.postgres.gone_projects import GoneProject
from supabase_tasks.postgres.gone_projects import find as find_gone
from supabase_tasks.postgres.gone_projects import remove as remove_gone
from supabase_tasks.postgres.history import history_template, promote_to_template, template_name
from supabase_tasks.postgres.local_roles import make_roles
from supabase_tasks.postgres.platform import platform_template, recreate_local
from supabase_tasks.postgres.replay import apply_file
from supabase_tasks.postgres.server import Server

__all__ = [
    "Assistance",
    "ClusterStatus",
    "GoneProject",
    "RunningServer",
    "Server",
    "all_running",
    "apply_file",
    "cli_workspace",
    "find_gone",
    "former_names",
    "history_template",
    "install",
    "local",
    "make_roles",
    "platform_template",
    "promote_to_template",
    "recreate_local",
    "remove_gone",
    "secure",
    "shadow",
    "status",
    "stop",
    "stop_all",
    "template_name",
]
