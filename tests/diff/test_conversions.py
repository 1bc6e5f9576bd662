"""Values never change in silence: every pair of built-in types, on values, under three time zones.

A conversion keeps the value (it comes back as it was), says what it loses, or fails on the row; it says that it may fail,
and that rows are rewritten, where that is so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from support.conversion_samples import SAMPLES, SPELLINGS

from supabase_tasks.diff.kinds.common.cast_rules import TypeCast
from supabase_tasks.diff.kinds.common.casts import conversion
from supabase_tasks.diff.kinds.common.type_text import parse
from supabase_tasks.postgres import Server

ZONES = ("UTC", "Asia/Tokyo", "America/St_Johns")
NAMES = [*SAMPLES]
_ZONED = ("time", "date", "tstz", "text", "char", "json", "name")
# Their samples hold a value that fails wherever one can.
_THOROUGH = frozenset(
    {
        *("boolean", "smallint", "integer", "bigint", "uuid", "date", "character varying(9)", "character varying(3)"),
        *("timestamp without time zone", "timestamp with time zone", "numeric(10,4)", "numeric(4,0)", "character(5)"),
    }
)
# Assigns as ALTER COLUMN … TYPE does, one row at a time, and reads the value back as one of the old type.
_TRY = """
CREATE FUNCTION pg_temp.attempt(source text, target text, expression text, back text[])
RETURNS TABLE (sample text, failed boolean, stored text, returned text[]) LANGUAGE plpgsql AS $$
DECLARE row_id int; way text; found text;
BEGIN
    FOR row_id, sample IN EXECUTE format('SELECT id, c::text FROM %I ORDER BY id', source) LOOP
        failed := false; stored := NULL; returned := '{}';
        BEGIN
            EXECUTE format('INSERT INTO %I (c) SELECT %s FROM %I WHERE id = %s RETURNING c::text', target, expression,
                source, row_id) INTO stored;
        EXCEPTION WHEN others THEN failed := true; stored := SQLERRM; END;
        IF NOT failed THEN
            FOREACH way IN ARRAY back LOOP
                BEGIN
                    EXECUTE format('SELECT (%s)::text FROM %I', way, target) INTO found;
                    returned := returned || found;
                    EXIT WHEN found = sample;
                EXCEPTION WHEN others THEN NULL; END;
            END LOOP;
            EXECUTE format('TRUNCATE %I', target);
        END IF;
        RETURN NEXT;
    END LOOP;
END $$;
"""


def back(old: str, new: str) -> list[str]:
    """Expressions that make a value of the old type of a stored one; if any gives what it was, nothing was lost."""
    before, after = parse(old), parse(new)
    if after.array and not before.array:
        return [text.replace("c", "c[1]", 1) for text in _back(old, before.array, after.element.base)]
    if before.array and not after.array:
        one = [f"ARRAY[{text}]::{old}" for text in _back(before.element.sql, False, after.base)]
        return [*one, *_back(old, True, after.base)]
    return _back(old, before.array, after.base)


def _back(old: str, array: bool, new: str) -> list[str]:
    if new in ("json", "jsonb") and array:
        return [
            "c",
            f"(c::jsonb #>> '{{}}')::{old}",
            f"(SELECT array_agg(e) FROM jsonb_array_elements_text(to_jsonb(c)) e)::{old}",
        ]
    if new in ("json", "jsonb"):
        return [f"c::{old}", f"(c::jsonb #>> '{{}}')::{old}", f"c::text::{old}"]
    many = "[]" if array else ""
    ways = [
        f"c::{old}",
        f"c::text{many}::{old}",
        f"c::integer{many}::{old}",
        f"c::bigint{many}::{old}",
        f"c::numeric::{old}",
    ]
    ways += [f"c::bit(32)::integer::{old}", f"c::bit(64)::bigint::{old}", f"c::bit(32)::{old}", "range_merge(c)"]
    last = r"regexp_replace(c::text, '[01]*([01]{64})', '\1', 'g')" if array else "right(c::text, 64)"
    ways += [f"{last}::bit(64){many}::bigint{many}::{old}"]
    # A number of fewer bits, and one of more, which repeat its sign.
    ways += [f"lpad(c::text, 64, {by})::bit(64)::bigint::{old}" for by in ("'0'", "left(c::text, 1)")]
    ways += [f"c::oid::bigint::{old}", f"c::numeric::bigint::{old}", f"c::integer::bit(1)::{old}"]
    ways += [f"convert_from(c, 'UTF8')::{old}"]
    return ways


def same(row: tuple[Any, ...]) -> bool:
    sample, _, stored, returned = row
    if sample is None or stored is None:
        return sample is None and stored is None
    one = sample.strip('{}"')
    if stored in (f"\\x{sample.encode().hex()}", f"\\x{one.encode().hex()}"):
        return True
    # A text search query quotes its words.
    spelled = {*returned, stored, stored.strip("{}")}
    return (
        sample in returned
        or stored.strip("'") in (sample.strip(), one.strip())
        or bool((SPELLINGS.get(sample.strip(), frozenset()) | SPELLINGS.get(sample.strip("{}"), frozenset())) & spelled)
    )


@pytest.fixture(scope="module")
def place(server: Server, base: str) -> Iterator[psycopg.Connection[Any]]:
    """A session with a table of samples and an empty table for each type."""
    with server.scratch(base) as name, server.connect(name) as connection:
        connection.autocommit = True
        connection.execute(_TRY.encode())
        for number, (kind, samples) in enumerate(SAMPLES.items()):
            connection.execute(f"CREATE TEMP TABLE s{number} (id serial, c {kind})".encode())
            connection.execute(f"CREATE TEMP TABLE t{number} (c {kind})".encode())
            rows = f"INSERT INTO s{number} (c) SELECT v::{kind} FROM unnest(%s::text[]) v"
            connection.execute(rows.encode(), [[*samples, None]])
        yield connection


def attempts(
    connection: psycopg.Connection[Any], old: str, new: str, found: TypeCast, zone: str
) -> list[tuple[Any, ...]]:
    for text in (f"SET timezone = '{zone}'", *found.settings):
        connection.execute(text.encode())
    tables = (f"s{NAMES.index(old)}", f"t{NAMES.index(new)}")
    asked = (*tables, found.using or "c", back(old, new))
    rows = connection.execute("SELECT * FROM pg_temp.attempt(%s, %s, %s, %s)", asked).fetchall()
    connection.execute("RESET timezone")
    return rows


def faults(connection: psycopg.Connection[Any], old: str, new: str) -> list[str]:
    """What is wrong with the conversion of one type to another."""
    found = conversion("c", old, new)
    told = f"{old} to {new} ({found.using}): "
    zoned = any(word in old or word in new for word in _ZONED)
    outcomes = [attempts(connection, old, new, found, zone) for zone in (ZONES if zoned else ZONES[:1])]
    rows = outcomes[0]
    problems = []
    # A moment that stays one is the same, whatever zone it is shown in.
    shown = 3 if parse(old).base != parse(new).base else 2
    if any([row[1:shown] for row in other] != [row[1:shown] for row in rows] for other in outcomes):
        problems.append(told + "differs by time zone")
    if any(row[1] for row in rows) and not found.fails:
        problems.append(told + f"fails unsaid: {[row[:3] for row in rows if row[1]]}")
    if not any(row[1] for row in rows) and found.fails and {old, new} <= _THOROUGH:
        problems.append(told + "never fails")
    changed = [row for row in rows if not row[1] and not same(row)]
    if changed and not found.loses:
        problems.append(told + f"changes {changed}")
    return problems


@pytest.mark.parametrize("old", NAMES)
def test_a_value_is_kept_or_lost_by_word_or_refused(place: psycopg.Connection[Any], old: str) -> None:
    found = [text for new in NAMES if new != old for text in faults(place, old, new)]
    assert not found, "\n".join(found)


# What PostgreSQL casts failed on every row, by the lengths of the types or their texts.
CASTS = (
    *(
        "integer bit(3)",
        "integer bit varying(4)",
        "smallint bit(5)",
        "bigint bit(5)",
        "integer bit(40)",
        "bit(3) bit(5)",
    ),
    *(
        "bit(5) bit(3)",
        "bit(32) bit varying(4)",
        "bit(40) integer",
        "bit(70) bigint",
        "bit(70)[] integer[]",
        "point box",
        "lseg point",
        "box circle",
        "circle box",
    ),
    *("real[] real", "text[] integer", "uuid[] uuid", "bit(3)[] numeric", "date[] date"),
    *("polygon circle", "circle polygon", "regclass integer", "regclass bigint"),
)


@pytest.mark.parametrize("pair", CASTS)
def test_a_pair_that_postgresql_casts_does_not_fail_on_every_row(place: psycopg.Connection[Any], pair: str) -> None:
    old, new = next((old, new) for old in NAMES for new in NAMES if f"{old} {new}" == pair)
    rows = attempts(place, old, new, conversion("c", old, new), ZONES[0])
    assert [row[0] for row in rows if row[0] is not None and not row[1]], rows


@pytest.mark.parametrize("old", NAMES)
def test_a_rewrite_is_foretold_as_postgresql_does_it(place: psycopg.Connection[Any], old: str) -> None:
    wrong = []
    for new in NAMES:
        found = conversion("c", old, new)
        rewritten = _rewritten(place, old, new, found)
        if rewritten is not None and rewritten != found.rewrites:
            wrong.append(f"{old} to {new} ({found.using}): rewritten {rewritten}")
    assert not wrong, "\n".join(wrong)


def _rewritten(connection: psycopg.Connection[Any], old: str, new: str, found: TypeCast) -> bool | None:
    """Whether PostgreSQL makes a new file for the table; None when it has no such conversion."""
    using = f" USING {found.using}" if found.using else ""
    node = "SELECT relfilenode FROM pg_class WHERE oid = 'pg_temp.r'::regclass"
    try:
        with connection.transaction(force_rollback=True):
            for text in ("SET timezone = 'Asia/Tokyo'", *found.settings, f"CREATE TEMP TABLE r (c {old})"):
                connection.execute(text.encode())
            before = connection.execute(node).fetchone()
            connection.execute(f"ALTER TABLE r ALTER COLUMN c TYPE {new}{using}".encode())
            return connection.execute(node).fetchone() != before
    except psycopg.errors.CannotCoerce:
        return None
