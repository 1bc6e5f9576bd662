"""What a column of a materialized view or foreign table may be set to: statistics target, storage, compression, options."""

from __future__ import annotations

from collections.abc import Sequence

from supabase_tasks.sql_text import literal


def storage_word(column: str) -> str:
    """SQL for the word that SET STORAGE takes, of a letter as pg_attribute.attstorage has it."""
    return f"CASE {column} WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END"


# For pg_class `c`: texts `WORD value column`, of which only the column may hold spaces; what is the default is left out.
# A storage is followed by its type's own, to which PostgreSQL 15 goes back by name only.
# attstattarget is null for the default since PostgreSQL 17, -1 before.
QUERY = f"""
    ARRAY(SELECT format('%s %s %I', u.word, u.value, a.attname) FROM pg_catalog.pg_attribute a
            JOIN pg_catalog.pg_type b ON b.oid = a.atttypid
            CROSS JOIN LATERAL (
                SELECT 'STATISTICS' AS word, nullif(a.attstattarget, -1)::text AS value
                UNION ALL SELECT 'STORAGE', CASE WHEN a.attstorage <> b.typstorage
                    THEN {storage_word("a.attstorage")} || '/' || {storage_word("b.typstorage")} END
                UNION ALL SELECT 'COMPRESSION', CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END
                UNION ALL SELECT 'OPTION', unnest(a.attoptions)) u
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND u.value IS NOT NULL
        ORDER BY a.attnum, u.word, u.value)
"""
_DEFAULTS = {"STATISTICS": "-1", "COMPRESSION": "default"}


def clauses(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The ALTER COLUMN clauses that lead from one list of settings to the other."""
    before, after = dict(map(_parse, old)), dict(map(_parse, new))
    gone = [_reset(*key, value) for key, value in before.items() if key not in after]
    return gone + [_set(*key, value) for key, value in after.items() if before.get(key) != value]


def _parse(text: str) -> tuple[tuple[str, str, str], str]:
    word, value, column = text.split(" ", 2)
    name, _, amount = value.partition("=")
    return ((column, word, name), amount) if word == "OPTION" else ((column, word, ""), value)


def _set(column: str, word: str, name: str, value: str) -> str:
    if word == "OPTION":
        return f"ALTER COLUMN {column} SET ({name} = {literal(value)})"
    return f"ALTER COLUMN {column} SET {word} {value.partition('/')[0]}"


def _reset(column: str, word: str, name: str, value: str) -> str:
    if word == "OPTION":
        return f"ALTER COLUMN {column} RESET ({name})"
    usual = value.partition("/")[2] if word == "STORAGE" else _DEFAULTS[word]
    return f"ALTER COLUMN {column} SET {word} {usual}"
