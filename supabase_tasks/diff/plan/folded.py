"""What is true of an expression for every row, as PostgreSQL's planner knows it: nothing is evaluated that has an effect.

The planner computes what is immutable, so that a condition which always holds leaves no filter in the plan (PostgreSQL 17,
eval_const_expressions()).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

_FILTERS = ("Filter", "One-Time Filter", "Index Cond", "Recheck Cond", "TID Cond")
# Types that have fewer digits than what is written for them says, and round it.
_ROUNDED = re.compile(r"(numeric|timestamp|time|interval)\b")
_PRECISION = re.compile(r"\(\d+(,-?\d+)?\)")
# Types that cannot hold most decimal fractions, which is no mistake of the one who writes them.
_APPROXIMATE = ("real", "double precision")
_TEXT = 25


def always(connection: psycopg.Connection[Any], relation: str, condition: str) -> bool:
    """Whether `condition` holds for every row that `relation` can have. Raises psycopg's errors."""
    query = f"EXPLAIN (FORMAT JSON, COSTS OFF) SELECT FROM {relation} WHERE {condition}"
    row = connection.execute(query.encode()).fetchone()
    return row is not None and not any(f'"{name}"' in _text(row[0]) for name in _FILTERS)


def _text(plan: object) -> str:
    import json

    return plan if isinstance(plan, str) else json.dumps(plan)


def is_null(connection: psycopg.Connection[Any], relation: str, expression: str, type_: str) -> bool:
    """Whether `expression`, as a value of `type_`, is NULL whatever the row. Raises psycopg's errors."""
    return always(connection, relation, f"CAST(({expression}) AS {type_}) IS NULL")


def is_rounded(connection: psycopg.Connection[Any], relation: str, expression: str, type_: str) -> bool:
    """Whether `type_` holds another value than the one that `expression` says: 1.5 as an integer, a time without its
    microseconds. False where PostgreSQL cannot tell, or compare the two."""
    import psycopg

    if type_ in _APPROXIMATE:
        return False
    try:
        with connection.transaction():
            found = connection.execute(f"SELECT ({expression}) FROM {relation} LIMIT 0".encode()).description
            own = found[0].type_code if found else _TEXT
            if own == _TEXT:
                bare = _PRECISION.sub("", type_)
                rounds = bare != type_ and _ROUNDED.match(type_)
                return bool(rounds) and always(connection, relation, _differs(expression, type_, bare))
            row = connection.execute(b"SELECT pg_catalog.format_type(%s, NULL)", [own]).fetchone()
            return row is not None and always(connection, relation, _differs(expression, type_, str(row[0])))
    except psycopg.Error:
        return False


def _differs(expression: str, type_: str, measure: str) -> str:
    kept = f"CAST(CAST(({expression}) AS {type_}) AS {measure})"
    return f"{kept} IS DISTINCT FROM CAST(({expression}) AS {measure})"
