"""What a stand-in cannot say in SQL and the tool takes out of a statement before the server sees it.

Two things need code in C: the storage parameters of pgvector's index methods (`WITH (m = 16, …)`) and PostGIS's type
modifiers (`geometry(Point, 4326)`). Both are blanked with spaces, so that error positions stay right; the history table
keeps the author's text. Nothing is taken out where the server has the real extension.
"""

from __future__ import annotations

import re
from collections.abc import Collection

_INDEX_METHOD = re.compile(r"\busing\s+(?:hnsw|ivfflat)\b", re.IGNORECASE)
_PARAMETERS = re.compile(
    r"\bwith\s*\(\s*(?:m|ef_construction|lists)\s*=\s*'?\d+'?(?:\s*,\s*(?:m|ef_construction|lists)\s*=\s*'?\d+'?)*\s*\)",
    re.IGNORECASE,
)
_SHAPE = re.compile(
    r"(?:(?<=geometry)|(?<=geography))\s*\(\s*\"?(?:geometry|point|linestring|polygon|multipoint|multilinestring|multipolygon"
    r"|geometrycollection)(?:z|m|zm)?\"?\s*(?:,\s*\d+\s*)?\)",
    re.IGNORECASE,
)


def may_need(statement: str) -> bool:
    """Whether `rewrite` would change this statement where `vector` and `postgis` are stand-ins."""
    return _INDEX_METHOD.search(statement) is not None or _SHAPE.search(statement) is not None


def rewrite(statement: str, standins: Collection[str]) -> str:
    """`statement` as a server can take it whose extensions named in `standins` are stand-ins."""
    if "vector" in standins and _INDEX_METHOD.search(statement):
        statement = _PARAMETERS.sub(_blank, statement)
    if "postgis" in standins:
        statement = _SHAPE.sub(_blank, statement)
    return statement


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
