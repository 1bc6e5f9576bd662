"""Storage parameters (`WITH (fillfactor=70)`): as clauses, and the clauses between two settings."""

from __future__ import annotations

from collections.abc import Sequence

from supabase_tasks.diff.ddl.names import ident
from supabase_tasks.sql_text import literal


def parameters(options: Sequence[str]) -> list[str]:
    """`name=value` texts of pg_class.reloptions as SQL, sorted."""
    found = []
    for option in sorted(options):
        name, _, value = option.partition("=")
        plain = value.replace(".", "", 1).isalnum() and value.isascii()
        found.append(f"{'.'.join(ident(part) for part in name.split('.'))} = {value if plain else literal(value)}")
    return found


def parameter_changes(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The SET (…) and RESET (…) clauses that lead from one setting to the other; the order of options means nothing."""
    before, after = dict(_pairs(old)), dict(_pairs(new))
    clauses = []
    gone = sorted(set(before) - set(after))
    if gone:
        clauses.append(f"RESET ({', '.join(gone)})")
    changed = [f"{name}={value}" for name, value in after.items() if before.get(name) != value]
    if changed:
        clauses.append(f"SET ({', '.join(parameters(changed))})")
    return clauses


def _pairs(options: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, value) for name, _, value in (option.partition("=") for option in options)]
