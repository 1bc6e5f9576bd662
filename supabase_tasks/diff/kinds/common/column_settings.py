"""What a column of a materialized view or foreign table may be set to: statistics target, storage, compression, options."""

from __future__ import annotations

from collections.abc import Sequence

from supabase_tasks.sql_text import literal

# For pg_class `c`: texts `WORD value column`, of which only the column may hold spaces; what is the default is left out.
# attstattarget is null for the default since PostgreSQL 17, -1 before.
QUERY = """
    ARRAY(SELECT format('%s %s %I', u.word, u.value, a.attname) FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
            CROSS JOIN LATERAL (
                SELECT 'STATISTICS' AS word, nullif(a.attstattarget, -1)::text AS value
                UNION ALL SELECT 'STORAGE', CASE WHEN a.attstorage <> b.typstorage THEN CASE a.attstorage
                    WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END END
                UNION ALL SELECT 'COMPRESSION', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END
                UNION ALL SELECT 'OPTION', unnest(a.attoptions)) u
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND u.value IS NOT NULL
        ORDER BY a.attnum, u.word, u.value)
"""
# Names of types have their own default storage: PostgreSQL 16 can be told to go back to it.
_DEFAULTS = {"STATISTICS": "-1", "STORAGE": "DEFAULT", "COMPRESSION": "default"}


def clauses(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The ALTER COLUMN clauses that lead from one list of settings to the other."""
    before, after = dict(map(_parsed, old)), dict(map(_parsed, new))
    gone = [_reset(*key) for key in before if key not in after]
    return gone + [_set(*key, value) for key, value in after.items() if before.get(key) != value]


def _parsed(text: str) -> tuple[tuple[str, str, str], str]:
    word, value, column = text.split(" ", 2)
    name, _, amount = value.partition("=")
    return ((column, word, name), amount) if word == "OPTION" else ((column, word, ""), value)


def _set(column: str, word: str, name: str, value: str) -> str:
    if word == "OPTION":
        return f"ALTER COLUMN {column} SET ({name} = {literal(value)})"
    return f"ALTER COLUMN {column} SET {word} {value}"


def _reset(column: str, word: str, name: str) -> str:
    if word == "OPTION":
        return f"ALTER COLUMN {column} RESET ({name})"
    return f"ALTER COLUMN {column} SET {word} {_DEFAULTS[word]}"
