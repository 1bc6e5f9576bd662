"""How the values of one built-in type become those of another: through which casts, and what that loses.

Source: PostgreSQL 17, pg_cast and the input functions. A pair that is not here has no conversion of its own.
`tests/diff/test_conversions.py` runs every pair on values.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# The digits before the point that always fit.
INTEGERS = {"smallint": 4, "integer": 9, "bigint": 18}
# The decimal digits that come back as they were: DBL_DIG and FLT_DIG.
FLOATS = {"real": 6, "double precision": 15}
TIMESTAMP, TIMESTAMPTZ = "timestamp without time zone", "timestamp with time zone"
TIME, TIMETZ = "time without time zone", "time with time zone"
JSONS = ("json", "jsonb")
_RANGES = ("int4", "int8", "num", "date", "ts", "tstz")
# Through text, their bounds stay.
_KEPT_RANGES = {("int4", "int8"), ("int4", "num"), ("int8", "num"), ("date", "ts"), ("date", "tstz"), ("ts", "tstz")}
_KEPT_RANGES |= {("tstz", "ts")}
_OTHERS_TEXT = """
    boolean, numeric, money, oid, text, character varying, character, name, "char", bytea, bit, bit varying, date,
    interval, uuid, jsonpath, xml, inet, cidr, macaddr, macaddr8, point, line, lseg, box, path, polygon, circle,
    tsvector, tsquery, pg_lsn, pg_snapshot, xid, xid8, cid, tid, refcursor, oidvector, int2vector, regclass,
    regproc, regprocedure, regtype, regrole, regnamespace, regoper, regoperator, regconfig, regdictionary,
    regcollation, txid_snapshot
"""
_OTHERS = tuple(name.strip() for name in _OTHERS_TEXT.split(","))
_RANGE_TYPES = tuple(f"{name}{kind}" for name in _RANGES for kind in ("range", "multirange"))
NAMES_OF_OBJECTS = tuple(name for name in _OTHERS if name.startswith("reg"))
BUILT_IN = frozenset(
    (*INTEGERS, *FLOATS, TIMESTAMP, TIMESTAMPTZ, TIME, TIMETZ, *JSONS, *_OTHERS, *_RANGE_TYPES),
)


@dataclass(frozen=True, slots=True)
class CastRule:
    """`path` are the types that the value is cast to before it is assigned to the column, `loses` is what a value may
    lose (a noun), `fails` whether a value may have no place in the new type."""

    path: tuple[str, ...] = ()
    loses: str = ""
    fails: bool = False


@dataclass(frozen=True, slots=True)
class TypeCast:
    """`using` is the USING expression (None: PostgreSQL assigns by itself), `loses` what values may lose, `fails` whether
    a value may have no place, `rewrites` whether every row is written anew, `settings` what has to be set before."""

    using: str | None = None
    loses: str = ""
    fails: bool = False
    rewrites: bool = False
    settings: tuple[str, ...] = ()


_ROUNDED, _DIGITS = "digits after the point", "digits beyond its precision"
_ZEROS = "zeros at its beginning"
_DATE, _TIME_OF_DAY, _ZONE = "the date", "the time of day", "the offset from UTC"


def _numbers() -> Iterable[tuple[str, str, CastRule]]:
    for old, width in INTEGERS.items():
        for new, room in INTEGERS.items():
            yield old, new, CastRule(fails=width > room)
        yield old, "numeric", CastRule()
        yield old, "boolean", CastRule(("text", "boolean"), fails=True)
        yield "boolean", old, CastRule(("integer",))
        yield old, "real", CastRule(loses=_DIGITS if old != "smallint" else "")
        yield old, "double precision", CastRule(loses=_DIGITS if old == "bigint" else "")
        yield old, "money", CastRule(("integer",) if old == "smallint" else (), fails=old == "bigint")
        yield old, "oid", CastRule(("bigint",), fails=True)
        yield "oid", old, CastRule(("bigint",), fails=old != "bigint")
        yield "numeric", old, CastRule(loses=_ROUNDED, fails=True)
        yield "money", old, CastRule(("numeric",), _ROUNDED, fails=old != "bigint")
    yield "numeric", "boolean", CastRule(("text", "boolean"), fails=True)
    yield "boolean", "numeric", CastRule(("integer",))
    yield "oid", "numeric", CastRule(("bigint",))
    yield "numeric", "oid", CastRule(("text", "bigint"), fails=True)
    yield "numeric", "money", CastRule(loses=_ROUNDED, fails=True)
    yield "money", "numeric", CastRule()
    yield from _floats()


def _floats() -> Iterable[tuple[str, str, CastRule]]:
    yield "real", "double precision", CastRule()
    yield "double precision", "real", CastRule(loses=_DIGITS, fails=True)
    for name in FLOATS:
        for whole in INTEGERS:
            yield name, whole, CastRule(loses=_ROUNDED, fails=True)
        # The cast keeps 15 digits (6 of a real) where the text has all.
        yield name, "numeric", CastRule(("text", "numeric"))
        yield "numeric", name, CastRule(loses=_DIGITS, fails=True)
        yield "oid", name, CastRule(("bigint",), _DIGITS if name == "real" else "")
        yield name, "boolean", CastRule(("text", "boolean"), fails=True)
        yield "boolean", name, CastRule(("integer",))
        yield name, "money", CastRule(("numeric", "money"), _ROUNDED, fails=True)
        yield "money", name, CastRule(("numeric",), _DIGITS)


def _times() -> Iterable[tuple[str, str, CastRule]]:
    for moment in (TIMESTAMP, TIMESTAMPTZ):
        # A date reaches further than a timestamp.
        yield "date", moment, CastRule(fails=True)
        yield moment, "date", CastRule(loses=_TIME_OF_DAY)
        yield moment, TIME, CastRule(loses=_DATE)
    yield TIMESTAMP, TIMESTAMPTZ, CastRule()
    yield TIMESTAMPTZ, TIMESTAMP, CastRule()
    yield TIMESTAMPTZ, TIMETZ, CastRule(loses=_DATE)
    yield TIMESTAMP, TIMETZ, CastRule((TIME,), _DATE)
    yield TIME, TIMETZ, CastRule()
    yield TIMETZ, TIME, CastRule(loses=_ZONE)
    yield TIME, "interval", CastRule()
    yield "interval", TIME, CastRule(loses="whole days", fails=True)


def _others() -> Iterable[tuple[str, str, CastRule]]:
    for name in JSONS:
        for number in (*INTEGERS, "numeric", "boolean"):
            yield name, number, CastRule(("text", number), fails=True)
        for number in FLOATS:
            yield name, number, CastRule(("text", number), _DIGITS, fails=True)
    yield "jsonb", "json", CastRule()
    # The cast clears the host's bits; the text is refused.
    yield "inet", "cidr", CastRule(("text", "cidr"), fails=True)
    yield "cidr", "inet", CastRule()
    yield "macaddr", "macaddr8", CastRule()
    yield "macaddr8", "macaddr", CastRule(fails=True)
    yield "bit", "bit varying", CastRule()
    yield "bit varying", "bit", CastRule(fails=True)
    for old, path in (("smallint", ("integer", "bit(32)")), ("integer", ("bit(32)",)), ("bigint", ("bit(64)",))):
        yield old, "bit", CastRule(path)
        yield old, "bit varying", CastRule(path)
    yield "bit", "smallint", CastRule(("integer",), fails=True)
    yield "bit", "integer", CastRule(("integer",), fails=True)
    yield "bit", "bigint", CastRule(("bigint",), fails=True)
    yield from _bits_as_numbers()
    yield from _names_of_objects()
    yield from _shapes()
    for one, other in sorted(_KEPT_RANGES):
        for kind in ("range", "multirange"):
            yield one + kind, other + kind, CastRule(("text", other + kind), fails=one == "date")
    for kind in ("range", "multirange"):
        yield f"int8{kind}", f"int4{kind}", CastRule(("text", f"int4{kind}"), fails=True)
        for one in ("ts", "tstz"):
            yield one + kind, f"date{kind}", CastRule(("text", f"date{kind}"), _TIME_OF_DAY, fails=True)
    for name in _RANGES:
        yield f"{name}range", f"{name}multirange", CastRule((f"{name}multirange",))


def _bits_as_numbers() -> Iterable[tuple[str, str, CastRule]]:
    """A string of bits is the number that it writes, not what its text would be as decimal digits."""
    others = (("numeric", ""), ("oid", ""), ("money", ""), *((name, _DIGITS) for name in FLOATS))
    for new, loses in others:
        yield "bit", new, CastRule(("bigint",), loses, fails=True)
        yield "bit varying", new, CastRule(('"bit"', "bigint"), _ZEROS, fails=True)
    for new in INTEGERS:
        word = "bigint" if new == "bigint" else "integer"
        yield "bit varying", new, CastRule(('"bit"', word), _ZEROS, fails=True)
    for old in ("bit", "bit varying"):
        yield old, "boolean", CastRule(("text", "boolean"), fails=True)


def _names_of_objects() -> Iterable[tuple[str, str, CastRule]]:
    """Types that show an OID by the name of its object: as numbers they are OIDs."""
    for name in NAMES_OF_OBJECTS:
        yield "oid", name, CastRule()
        yield name, "oid", CastRule()
        for number in INTEGERS:
            yield number, name, CastRule(("bigint", "oid"), fails=True)
            yield name, number, CastRule(("oid", "bigint"), fails=number != "bigint")


def _shapes() -> Iterable[tuple[str, str, CastRule]]:
    yield "point", "box", CastRule(("box",))
    yield "box", "polygon", CastRule(("polygon",))
    for old, lost, others in (
        ("lseg", "its ends", ("point",)),
        ("box", "its corners", ("point", "circle")),
        ("polygon", "its corners", ("point", "box", "circle")),
        ("circle", "its radius", ("point",)),
        ("circle", "its roundness", ("box", "polygon")),
    ):
        for new in others:
            yield old, new, CastRule((new,), lost)


RULES = {(old, new): rule for part in (_numbers(), _times(), _others()) for old, new, rule in part}

# What the text of a value is read as, where that is not simply the type, or loses something.
FROM_TEXT = {
    "date": CastRule(("date",), _TIME_OF_DAY, fails=True),
    TIME: CastRule((TIME,), "a date or an offset from UTC", fails=True),
    TIMETZ: CastRule((TIMETZ,), _DATE, fails=True),
    # Read as a timestamp alone, an offset would be passed over.
    TIMESTAMP: CastRule((TIMESTAMPTZ,), fails=True),
    "real": CastRule(("real",), _DIGITS, fails=True),
    "double precision": CastRule(("double precision",), _DIGITS, fails=True),
    "money": CastRule(("money",), _ROUNDED, fails=True),
    # Read as an OID, a negative number would wrap.
    "oid": CastRule(("bigint",), fails=True),
    "xid": CastRule(("xid",), "the sign", fails=True),
    "xid8": CastRule(("xid8",), "the sign", fails=True),
    "cid": CastRule(("cid",), "the sign", fails=True),
    '"char"': CastRule(('"char"',), "what follows the first character"),
    "tsvector": CastRule(("tsvector",), "repeated words", fails=True),
    "daterange": CastRule(("daterange",), _TIME_OF_DAY, fails=True),
    "datemultirange": CastRule(("datemultirange",), _TIME_OF_DAY, fails=True),
    "tsrange": CastRule(("tsrange",), _ZONE, fails=True),
    "tsmultirange": CastRule(("tsmultirange",), _ZONE, fails=True),
}
