"""The objects of a `pg_dump --schema-only`, each with its own text and the object it belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

# pg_dump writes this above every entry (src/bin/pg_dump/pg_backup_archiver.c, _printTocEntry).
_ENTRY = re.compile(
    r"^--\n-- Name: (?P<name>.*); Type: (?P<type>[^;]+); Schema: (?P<schema>[^;]+); Owner: .*\n--\n", re.M
)
# Every object of a project belongs to postgres; one that does not keeps the line that says so.
_NOISE = re.compile(r"SET default_|\\(un)?restrict |ALTER .* OWNER TO postgres;$")
# A name as PostgreSQL writes it.
WORD = r'(?:"(?:[^"]|"")+"|[\w$]+)'
_WORD = re.compile(WORD)
_NAME = rf"(?P<schema>{WORD})\.(?P<table>{WORD})"
_ON_TABLE = re.compile(rf"\bON (?:ONLY )?{_NAME}")
_ALTERED_TABLE = re.compile(rf"ALTER TABLE (?:ONLY )?{_NAME} ALTER COLUMN ")
_OWNED_BY = re.compile(rf"\bOWNED BY {_NAME}\.")
_OF_TABLE = frozenset({"CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT", "POLICY", "TRIGGER", "DEFAULT", "RULE"})
_OF_OBJECT = frozenset({"ACL", "COMMENT", "SECURITY LABEL"})
_ON = re.compile(r"^(?:TRIGGER|POLICY|CONSTRAINT|RULE) .* ON (?:DOMAIN )?(?P<table>.*)$")


@dataclass(frozen=True, slots=True, order=True)
class Object:
    """One entry: `owner` is the object that it belongs to (`public.scenes` for a policy on it), else itself."""

    owner: str
    type: str
    name: str
    text: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.owner, self.type, self.name)


def parse(dump: str) -> list[Object]:
    """The dump's entries in its order; what stands before the first (settings) is left out."""
    marks = list(_ENTRY.finditer(dump))
    ends = [*(mark.start() for mark in marks[1:]), len(dump)]
    tables = {(mark["schema"], mark["name"]) for mark in marks}
    return _place_with_tables(
        [_object(mark, dump[mark.end() : end], tables) for mark, end in zip(marks, ends, strict=False)]
    )


def _object(mark: re.Match[str], body: str, known: set[tuple[str, str]]) -> Object:
    kind, schema, name = mark["type"], mark["schema"], mark["name"]
    text = "\n".join(_meaningful(body))
    owner = _table(schema, name, known) if kind in _OF_TABLE else _owner(kind, schema, name, text)
    return Object(owner, kind, name, text)


def _meaningful(body: str) -> Iterator[str]:
    """The entry's statements: no blank edges, no session settings, no usual owner, no closing remark of the dump."""
    body = body.split("\n--\n-- PostgreSQL database dump complete")[0]
    lines = [line for line in body.strip().splitlines() if not _NOISE.match(line)]
    yield from re.sub(r"\n{3,}", "\n\n", "\n".join(lines).strip()).splitlines()


def _table(schema: str, name: str, known: set[tuple[str, str]]) -> str:
    """The table in "scenes scenes_pkey": either name may hold spaces, so the longest known one counts."""
    words = name.split(" ")
    heads = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return _within(schema, next((head for head in heads if (schema, head) in known and head != name), words[0]))


def _owner(kind: str, schema: str, name: str, text: str) -> str:
    if kind in _OF_OBJECT:
        on = _ON.match(name)
        target = on["table"] if on else name.partition(" ")[2] or name
        # Here, and only here, pg_dump writes names as SQL does.
        first = _WORD.match(target)
        if first is None:
            return _within(schema, target)
        return _within(schema, bare(first[0]) + ("" if name.startswith("COLUMN ") else target[first.end() :]))
    if kind == "PUBLICATION TABLE":
        return _within(schema, name.partition(" ")[2])
    pattern = {"INDEX": _ON_TABLE, "SEQUENCE": _ALTERED_TABLE, "SEQUENCE OWNED BY": _OWNED_BY}.get(kind)
    on = pattern.search(text) if pattern else None
    return f"{bare(on['schema'])}.{bare(on['table'])}" if on else _within(schema, name)


def _within(schema: str, name: str) -> str:
    return name if schema == "-" else f"{schema}.{name}"


def bare(word: str) -> str:
    """A name as it is, from the way that it is written in SQL."""
    return word[1:-1].replace('""', '"') if word.startswith('"') else word


def _place_with_tables(found: Sequence[Object]) -> list[Object]:
    """What is said of an index or a column's sequence stands with their table, too."""
    tables = {}
    for one in found:
        if one.type in ("INDEX", "SEQUENCE", "SEQUENCE OWNED BY"):
            own = one.owner.partition(".")[0] + "." + one.name
            if own != one.owner:
                tables[own] = one.owner
    return [replace(one, owner=tables.get(one.owner, one.owner)) for one in found]
