"""What holds for a whole run and must be the same for a memo to be asked at all: it names the memo's file."""

from __future__ import annotations

import os

from supabase_tasks import installed
from supabase_tasks.files import digest
from supabase_tasks.settings import Settings


def context(settings: Settings) -> str:
    """A digest of the settings, everything installed, and the folder we are in (models may read relative paths)."""
    return digest(repr(settings), os.getcwd(), installed.signature())
