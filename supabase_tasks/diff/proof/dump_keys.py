"""The keys by which a snapshot knows what an entry of a dump is about.

A dump names an object by pg_dump's word and tag (`ACL`, `FUNCTION f(a integer)`), a snapshot by its kind and identity. One word
may stand for several kinds, and a tag may be read in several ways: every key that the entry may have is given.
Source: PostgreSQL 17, pg_dump.c (the tags of ArchiveEntry()).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import product

from supabase_tasks.diff.catalog.item import Identity, Key

_RELATIONS = ("table", "view", "materialized_view", "foreign_table")
# Words of pg_dump whose kinds have another name; what is missing here is the kind's own name in capitals.
_KINDS: dict[str, tuple[str, ...]] = {
    "TABLE": _RELATIONS,
    "TABLE ATTACH": ("table",),
    "COLUMN": ("column", "view", "materialized_view", "foreign_table", "composite"),
    "TYPE": ("enum", "composite", "range", "domain"),
    "SERVER": ("foreign_server",),
    "FOREIGN SERVER": ("foreign_server",),
    "CHECK CONSTRAINT": ("constraint", "domain"),
    "CONSTRAINT": ("constraint", "domain"),
    "FK CONSTRAINT": ("constraint",),
    "ROW SECURITY": ("row_level_security", "table"),
    "DEFAULT": ("column", "view", "foreign_table"),
    "FUNCTION": ("function", "aggregate"),
    "SEQUENCE OWNED BY": ("sequence_owner", "sequence"),
    "PUBLICATION TABLE": ("publication_table",),
    "PUBLICATION TABLES IN SCHEMA": ("publication_schema",),
}
_ADDRESSES = {"COMMENT": "comment", "ACL": "grant"}
_ROUTINES = frozenset({"FUNCTION", "PROCEDURE", "AGGREGATE"})
_OF_PUBLICATIONS = frozenset({"PUBLICATION TABLE", "PUBLICATION TABLES IN SCHEMA"})
# The longest first: OPERATOR CLASS is no OPERATOR.
_WORD = re.compile(
    "("
    "TEXT SEARCH (?:CONFIGURATION|DICTIONARY|PARSER|TEMPLATE)|FOREIGN (?:TABLE|DATA WRAPPER|SERVER)|MATERIALIZED VIEW"
    "|EVENT TRIGGER|OPERATOR (?:CLASS|FAMILY)|TABLE|COLUMN|VIEW|SEQUENCE|INDEX|FUNCTION|PROCEDURE|AGGREGATE|TYPE|DOMAIN"
    "|SCHEMA|EXTENSION|CONSTRAINT|TRIGGER|POLICY|RULE|STATISTICS|PUBLICATION|OPERATOR|COLLATION|CONVERSION|SERVER|CAST|TRANSFORM"
    ") (.+)"
)
# The sequence of an identity column has an entry of its own.
_NAME = r'"(?:[^"]|"")+"|[^\s".]+'
_IDENTITY = re.compile(
    rf"^ALTER TABLE (?:ONLY )?({_NAME})\.({_NAME}) ALTER COLUMN ({_NAME}) ADD GENERATED ", re.MULTILINE
)
_MODE = re.compile(r"^(?:INOUT|IN|OUT|VARIADIC) ")
_NAMED = re.compile(r'(?:"(?:[^"]|"")+"|\S+) (.+)')
# As many arguments may be read in two ways each.
_READINGS = 256


def keys(word: str, schema: str, tag: str, lines: Sequence[str] = ()) -> Iterator[Key]:
    """Every key that the entry with the `word`, `schema` (`-`: none) and `tag` may have; `lines` are its SQL."""
    about = _WORD.fullmatch(tag) if word in _ADDRESSES else None
    place = () if schema == "-" else (schema,)
    found = list(_plain(about[1] if about else word, about[2] if about else tag, place, lines))
    yield from found
    if word == "SEQUENCE" and (of := _IDENTITY.search("\n".join(lines))):
        yield ("column", tuple(map(_bare, of.groups())))
    if about:
        yield from ((_ADDRESSES[word], (kind, *identity)) for kind, identity in found)


def last_names(tag: str) -> Iterator[str]:
    """What may be the constraint's name in the tag of a table's constraint."""
    return (name for _, name in _split(tag, " "))


def _plain(word: str, tag: str, place: Identity, lines: Sequence[str]) -> Iterator[Key]:
    if word in ("CAST", "TRANSFORM", "USER MAPPING"):
        yield from _of_no_schema(word, tag)
        return
    kinds = _KINDS.get(word, (word.lower().replace(" ", "_"),))
    for identity in _identities(word, tag, lines):
        names = (identity[0], *place, *identity[1:]) if word in _OF_PUBLICATIONS else (*place, *identity)
        yield from ((kind, names) for kind in kinds)


def _identities(word: str, tag: str, lines: Sequence[str]) -> Iterator[Identity]:
    """The names of the tag, without the schema."""
    yield from ((tag,), (_bare(tag),))
    readers: dict[str, Callable[[], Iterator[Identity]]] = {
        "COLUMN": lambda: _split(tag, "."),
        "OPERATOR": lambda: _operators(tag, lines),
        "OPERATOR CLASS": lambda: _methods(tag, lines),
        "OPERATOR FAMILY": lambda: _methods(tag, lines),
    }
    if word in _ROUTINES:
        yield from _routines(tag)
    elif word in readers:
        yield from readers[word]()
    elif " ON " in tag:
        # CONSTRAINT n ON t, also ON DOMAIN d.
        yield from ((on.removeprefix("DOMAIN "), name) for name, on in _split(tag, " ON "))
    else:
        yield from _split(tag, " ")


def _split(tag: str, by: str) -> Iterator[tuple[str, str]]:
    """Both names that the tag may be made of: a name may hold what stands between them."""
    parts = tag.split(by)
    for place in range(1, len(parts)):
        first, second = by.join(parts[:place]), by.join(parts[place:])
        yield (_bare(first), _bare(second))


def _bare(name: str) -> str:
    return name[1:-1].replace('""', '"') if len(name) > 1 and name[0] == name[-1] == '"' else name


def _routines(tag: str) -> Iterator[Identity]:
    """Name and types; the tags of comments and access lists have modes and names of arguments too."""
    name, _, arguments = tag.rpartition(")")[0].partition("(")
    yield (_bare(name), arguments)
    readings = [list(dict.fromkeys(_types(one))) for one in arguments.split(", ")]
    for count, types in enumerate(product(*readings)):
        if count == _READINGS:
            return
        yield (_bare(name), ", ".join(types))


def _types(argument: str) -> Iterator[str]:
    """The types that `IN a double precision` may stand for."""
    rest = _MODE.sub("", argument)
    named = _NAMED.fullmatch(rest)
    yield from (rest, named[1] if named else rest)


def _operators(tag: str, lines: Sequence[str]) -> Iterator[Identity]:
    """Name and both types: in the tag of a comment, else in the statement."""
    name, _, types = tag.partition(" (")
    if types:
        yield (name, *("" if one == "NONE" else one for one in types.removesuffix(")").split(", ")))
        return
    sides = {"LEFTARG": "", "RIGHTARG": ""}
    for line in lines:
        side, _, type_ = line.strip().rstrip(",").partition(" = ")
        sides |= {side: type_} if side in sides else {}
    yield (name, *sides.values())


def _methods(tag: str, lines: Sequence[str]) -> Iterator[Identity]:
    """Name and access method: in the tag of a comment, else in the statement."""
    name, _, method = tag.partition(" USING ")
    found = re.search(r"\bUSING (\w+)", "\n".join(lines))
    yield (_bare(name), method or (found[1] if found else ""))


def _of_no_schema(word: str, tag: str) -> Iterator[Key]:
    rest = tag.removeprefix(f"{word} ")
    if word == "CAST":
        yield from (("cast", pair) for pair in _split(rest.strip("()"), " AS "))
    elif word == "TRANSFORM":
        yield from (("transform", pair) for pair in _split(rest.removeprefix("FOR "), " LANGUAGE "))
    else:
        for role, server in _split(rest, " SERVER "):
            yield from (("user_mapping", (server, role)), ("foreign_server", (server,)))
