"""Which types a key may span, and which values always have a place: what the order of a plan and its words rest on."""

from __future__ import annotations

import psycopg
import pytest

from supabase_tasks.diff.kinds.common.casts import always_fits, comparable
from supabase_tasks.postgres import Server

KEYS = (
    *(
        "smallint",
        "integer",
        "bigint",
        "numeric",
        "real",
        "double precision",
        "text",
        "character varying(9)",
        "character(9)",
    ),
    *("name", "date", "timestamp without time zone", "timestamp with time zone", "uuid", "boolean", "inet", "cidr"),
    *("integer[]", "bigint[]", "text[]", "bit(3)", "bit varying(3)", "time without time zone", "interval", "oid"),
)
FITS = (
    ("smallint", "bigint", True),
    ("bigint", "smallint", False),
    ("integer", "numeric", True),
    ("numeric", "integer", False),
    ("varchar(3)", "varchar(9)", True),
    ("varchar(9)", "varchar(3)", False),
    ("varchar(9)", "text", True),
    ("integer", "text", True),
    ("integer", "varchar(11)", True),
    ("integer", "varchar(10)", False),
    ("numeric(4,2)", "numeric(6,4)", True),
    ("numeric(4,2)", "numeric(4,1)", False),
    ("numeric(6,2)", "double precision", True),
    ("timestamp", "timestamptz", True),
    ("timestamptz", "timestamp", True),
    ("timestamptz", "date", False),
    ("date", "timestamp", False),
    ("integer", "integer[]", True),
    ("bigint", "integer[]", False),
    ("integer[]", "bigint[]", True),
    ("jsonb", "json", True),
    ("json", "jsonb", False),
)
SPELLED = {"timestamp": "timestamp without time zone", "timestamptz": "timestamp with time zone"}


def spelled(name: str) -> str:
    return SPELLED.get(name, name.replace("varchar", "character varying"))


@pytest.mark.parametrize(("old", "new", "fits"), FITS)
def test_a_type_with_room_for_every_value_fits(old: str, new: str, fits: bool) -> None:
    assert always_fits(spelled(old), spelled(new)) is fits


def test_keys_of_comparable_types_may_refer_to_each_other(server: Server, base: str) -> None:
    """The other way round it may say less than PostgreSQL allows: both sides change together then."""
    wrong, spanned = [], set()
    with server.scratch(base) as name, server.connect(name) as connection:
        for old in KEYS:
            for new in KEYS:
                if comparable(old, new):
                    spanned |= {(old, new)} if old != new else set()
                    wrong += [] if refers(connection, old, new) else [(old, new)]
    assert not wrong
    assert {("integer", "bigint"), ("text", "character varying(9)"), ("date", "timestamp with time zone")} <= spanned


def refers(connection: psycopg.Connection[object], old: str, new: str) -> bool:
    try:
        with connection.transaction(force_rollback=True):
            connection.execute(f"CREATE TEMP TABLE one (c {old} PRIMARY KEY)".encode())
            connection.execute(f"CREATE TEMP TABLE other (c {new} REFERENCES one)".encode())
    except psycopg.errors.DatatypeMismatch:
        return False
    return True
