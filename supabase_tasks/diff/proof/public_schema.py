"""The schema public in a dump: older projects say `ALTER SCHEMA public OWNER TO postgres`, which owns the database anyway."""

from __future__ import annotations

import re

from supabase_tasks.platform_schemas import OWNER_OF_PUBLIC

_OWNERS = rf"(?:postgres|{OWNER_OF_PUBLIC})"
_OWNED = re.compile(rf"owner {_OWNERS}")
# pg_dump 17 (getNamespaces()) says privileges as against those that the owner has by default, whichever role that is.
_GIVEN_TO_OWNER = re.compile(rf"GRANT .* ON SCHEMA public TO {_OWNERS}( WITH GRANT OPTION)?;")


def without_its_owner(entry: tuple[str, str, str], lines: list[str]) -> list[str]:
    """The lines of a dump's entry (type, schema, name), the owner's first; none where it only says which of the two roles
    that may do the same owns the schema, or what one of them is given."""
    about = (
        ("SCHEMA", "-", "public"),
        *((kind, "-", "SCHEMA public") for kind in ("ACL", "COMMENT", "SECURITY LABEL")),
    )
    if entry not in about or not _OWNED.fullmatch(lines[0]):
        return lines
    if entry[0] == "SCHEMA":
        return []
    if entry[0] != "ACL":
        return lines[1:]
    kept = [line.replace(OWNER_OF_PUBLIC, "postgres") for line in lines if not _GIVEN_TO_OWNER.fullmatch(line)]
    return kept if any(line.startswith(("GRANT ", "REVOKE ")) for line in kept) else []
