"""The templates of replayed histories that a server keeps, and the note that each of them carries as its comment.

What is remembered of a template can neither be lost nor outlive the database that way.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from supabase_tasks.postgres import global_objects
from supabase_tasks.postgres.global_objects import GlobalObjects

if TYPE_CHECKING:
    import psycopg

PREFIX = "history_"


@dataclass(frozen=True, slots=True)
class KeptTemplate:
    """A template that exists: its name, how often templates were made before it, and the roles of its migrations (name by
    oid), with what belongs to the server."""

    name: str
    serial: int
    roles: dict[int, str]
    globals: GlobalObjects


def read_all(connection: psycopg.Connection[Any]) -> dict[str, KeptTemplate]:
    """The templates by name; one whose note cannot be read, or whose roles are not all there, is none."""
    rows = connection.execute(
        "SELECT datname, pg_catalog.shobj_description(oid, 'pg_database') FROM pg_catalog.pg_database"
        " WHERE starts_with(datname, %s)",
        (PREFIX,),
    ).fetchall()
    there = {int(oid) for (oid,) in connection.execute("SELECT oid FROM pg_catalog.pg_roles").fetchall()}
    found = {}
    for name, text in rows:
        template = _of_note(str(name), text or "")
        if template is not None and template.roles.keys() <= there:
            found[template.name] = template
    return found


def _of_note(name: str, text: str) -> KeptTemplate | None:
    try:
        note = json.loads(text)
        made = {int(oid): str(role) for oid, role in note["roles"].items()}
        return KeptTemplate(name, int(note["serial"]), made, global_objects.of_note(note, [*made.values()]))
    except (ValueError, KeyError, TypeError):
        return None


def note_of(serial: int, roles: dict[int, str], found: GlobalObjects) -> str:
    """The note of a template that is made now, for `read_all`."""
    return json.dumps({"serial": serial, "roles": roles, **found.as_json()})
