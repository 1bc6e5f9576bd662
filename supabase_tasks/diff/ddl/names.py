"""Names and texts as PostgreSQL writes them: quoting, qualification, literals."""

from __future__ import annotations

import re
from collections.abc import Container
from zlib import crc32

from supabase_tasks.sql_text import quoted_identifier

_PLAIN = re.compile(r"[a-z_][a-z0-9_]*\Z")

# pg_get_keywords() of PostgreSQL 17, categories R (reserved), T (function or type) and C (column name): the words that
# quote_ident() quotes.
_KEYWORD_TEXT = """
    all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
    case cast char character check coalesce collate collation column concurrently constraint create cross
    current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
    decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
    freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect
    interval into is isnull join json json_array json_arrayagg json_exists json_object json_objectagg json_query
    json_scalar json_serialize json_table json_value lateral leading least left like limit localtime
    localtimestamp merge_action national natural nchar none normalize not notnull null nullif numeric offset on
    only or order out outer overlaps overlay placing position precision primary real references returning right
    row select session_user setof similar smallint some substring symmetric system_user table tablesample then
    time timestamp to trailing treat trim true union unique user using values varchar variadic verbose when
    where window with xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces xmlparse xmlpi
    xmlroot xmlserialize xmltable
"""
_KEYWORDS = frozenset(_KEYWORD_TEXT.split())


def ident(name: str) -> str:
    """`name` as an SQL identifier, quoted where quote_ident() quotes."""
    if _PLAIN.match(name) and name not in _KEYWORDS:
        return name
    return quoted_identifier(name)


def qualified(*parts: str) -> str:
    """The parts as one dotted SQL name: `public.scenes`."""
    return ".".join(ident(part) for part in parts)


# What would not be clear in a name that people read and type: `public.t.c`.
_UNCLEAR = re.compile(r"[.:=()\"\s]|\A\Z")
_PART = r'"(?:[^"]|"")*"|[^."]+'
_DOTTED = re.compile(rf"(?:{_PART})(?:\.(?:{_PART}))*")


def join_dotted(*parts: str) -> str:
    """The parts as people read and type them: dotted, one in quotes where it would not be clear (`public.t."a.b"`)."""
    return ".".join('"' + part.replace('"', '""') + '"' if _UNCLEAR.search(part) else part for part in parts)


def split_dotted(text: str) -> tuple[str, ...]:
    """The parts of a name as `join_dotted` writes it; where quotes are not in pairs, every dot divides."""
    if not _DOTTED.fullmatch(text):
        return tuple(text.split("."))
    parts = re.findall(_PART, text)
    return tuple(part[1:-1].replace('""', '"') if part.startswith('"') else part for part in parts)


def free_name(wanted: str, taken: Container[str]) -> str:
    """`wanted`, cut to the 63 bytes that PostgreSQL keeps of a name, with a number where that name is taken."""
    number, ending = 1, ""
    while (name := cut(wanted, 63 - len(ending)) + ending) in taken:
        number += 1
        ending = f"_{number}"
    return name


def chosen_name(one: str, other: str, label: str) -> str:
    """The name that PostgreSQL chooses for what hangs on a table or column, while it is free.

    Source: PostgreSQL 17, makeObjectName(): the longer of both parts is cut.
    """
    first, second, room = one.encode(), other.encode(), 63 - len(label) - 2
    while len(first) + len(second) > room:
        if len(first) > len(second):
            first = first[:-1]
        else:
            second = second[:-1]
    return f"{first.decode(errors='ignore')}_{second.decode(errors='ignore')}_{label}"


def helper_name(*parts: str) -> str:
    """The parts as one name; where that is too long it is cut and ends in a number of its own, so that two stay two."""
    name = "_".join(parts)
    if len(name.encode()) <= 63:
        return name
    return f"{cut(name, 54)}_{crc32(name.encode()):08x}"


def cut(name: str, length: int) -> str:
    """`name` with at most so many bytes, as PostgreSQL cuts names: between characters."""
    return name.encode()[:length].decode(errors="ignore")


def role(name: str) -> str:
    """A role in GRANT, CREATE POLICY and the like; the pseudo role `public` (PostgreSQL's OID 0) is a keyword there."""
    return "PUBLIC" if name in ("", "public") else ident(name)


def indent(text: str, by: str = "    ") -> str:
    """Every line of `text` moved right."""
    return "\n".join(by + line if line else line for line in text.splitlines())
