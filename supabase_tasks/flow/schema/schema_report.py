"""What a report of a fault of ours needs: both schemas and the plan, without rows and without secrets."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from supabase_tasks.files import write_atomic
from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS
from supabase_tasks.sql_secrets import mask_secrets
from supabase_tasks.version import VERSION

if TYPE_CHECKING:
    from supabase_tasks import postgres
    from supabase_tasks.diff.plan.result import Plan

_HEADING = re.compile(r"^-- Name: .*; Type: [A-Z ]+; Schema: (?P<schema>.*); Owner: ?.*$", re.MULTILINE)


def write_report(
    path: Path, server: postgres.Server, sides: tuple[tuple[str, str], tuple[str, str]], plan: Plan | None, fault: str
) -> None:
    """Write to `path` the schemas of both `sides` (what it is called, its database on `server`), the `plan` between them as
    far as there is one, and the `fault`. Raises `TaskError` when the file is there already."""
    parts = [f"-- A report of supabase-tasks {VERSION}, PostgreSQL {server.version}.", *_comment_lines(fault)]
    for name, database in sides:
        parts += [f"\n-- ===== schema of {name} =====\n", _schema(server.dump_schema(database))]
    parts += ["\n-- ===== plan =====\n", plan.sql if plan is not None else "-- none was made\n"]
    write_atomic(path, mask_secrets("\n".join(parts)), exclusive=True)


def _comment_lines(text: str) -> list[str]:
    return [f"-- {line}" for line in text.splitlines()]


def _schema(dump: str) -> str:
    """The objects of the project: those of the platform's schemas are the same for everybody."""
    places = list(_HEADING.finditer(dump))
    ends = [place.start() for place in places[1:]] + [len(dump)]
    kept = [
        dump[place.start() : end].replace("\n--\n", "\n").strip()
        for place, end in zip(places, ends, strict=True)
        if place["schema"] not in PLATFORM_SCHEMAS
    ]
    return "\n\n".join(kept) + "\n"
