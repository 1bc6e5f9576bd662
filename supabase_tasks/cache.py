"""Where state lives: one folder per user, one below it per project, nothing in the project or in site-packages."""

from __future__ import annotations

import os
import re
from pathlib import Path

from supabase_tasks.files import digest
from supabase_tasks.settings import Settings

ROOT_VARIABLE = "SUPABASE_TASKS_CACHE"
_ROOT_USER_FOLDER = Path("/var/cache/supabase-tasks")


def state_root() -> Path:
    """The folder for all state of this user: `SUPABASE_TASKS_CACHE`, else the platform's cache folder.

    Root's own home is closed to the unprivileged user that PostgreSQL runs as then, so root's state lives in
    /var/cache.
    """
    chosen = os.environ.get(ROOT_VARIABLE)
    if chosen:
        return Path(chosen).expanduser().resolve()
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return _ROOT_USER_FOLDER
    import platformdirs

    return Path(platformdirs.user_cache_dir("supabase-tasks"))


def project_folder(settings: Settings) -> Path:
    """The state folder of one project, keyed by its absolute path so that two checkouts never share a database."""
    name = re.sub(r"[^a-z0-9-]+", "-", settings.project.lower()).strip("-") or "project"
    return state_root() / "projects" / f"{name}-{digest(str(settings.root))[:12]}"
