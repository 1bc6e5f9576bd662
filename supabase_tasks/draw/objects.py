"""The objects of a `pg_dump --schema-only`, each with its own text, and how two dumps differ object by object."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# pg_dump writes this above every entry (src/bin/pg_dump/pg_backup_archiver.c, _printTocEntry).
_ENTRY = re.compile(
    r"^--\n-- Name: (?P<name>.*); Type: (?P<type>[^;]+); Schema: (?P<schema>[^;]+); Owner: .*\n--\n", re.M
)
# Every object of a project belongs to postgres; one that does not keeps the line that says so.
_NOISE = re.compile(r"SET default_|\\(un)?restrict |ALTER .* OWNER TO postgres;$")
# The Supabase CLI's own record of what ran: it is only on the side that was replayed.
_LEDGER = "supabase_migrations"
_ON_TABLE = re.compile(r"\bON (?:ONLY )?(\S+)")
_OF_TABLE = frozenset(
    {"CONSTRAINT", "FK CONSTRAINT", "CHECK CONSTRAINT", "POLICY", "TRIGGER", "DEFAULT", "RULE", "ROW SECURITY"}
)
_OF_OBJECT = frozenset({"ACL", "COMMENT", "SEQUENCE OWNED BY", "SECURITY LABEL"})


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


@dataclass(frozen=True, slots=True)
class Changed:
    """One object on both sides; an empty text means that it is not there."""

    owner: str
    type: str
    name: str
    before: str
    after: str

    @property
    def action(self) -> str:
        """`new`, `gone` or `changed`."""
        return "new" if not self.before else "gone" if not self.after else "changed"


def parse(dump: str) -> list[Object]:
    """The dump's entries in its order; what stands before the first (settings) is left out."""
    marks = list(_ENTRY.finditer(dump))
    ends = [*(mark.start() for mark in marks[1:]), len(dump)]
    tables = {(mark["schema"], mark["name"]) for mark in marks}
    return [_object(mark, dump[mark.end() : end], tables) for mark, end in zip(marks, ends, strict=False)]


def compare(before: str, after: str) -> list[Changed]:
    """Every object whose text differs between the two dumps, sorted by what it belongs to."""
    old, new = _texts(before), _texts(after)
    return [
        Changed(*key, old.get(key, ""), new.get(key, ""))
        for key in sorted({**old, **new}, key=_order)
        if old.get(key, "") != new.get(key, "") and key[0].partition(".")[0] != _LEDGER
    ]


def _texts(dump: str) -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for one in parse(dump):
        found[one.key] = f"{found[one.key]}\n{one.text}" if one.key in found else one.text
    return found


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
    return f"{schema}.{next((head for head in heads if (schema, head) in known and head != name), words[0])}"


def _owner(kind: str, schema: str, name: str, text: str) -> str:
    if kind in _OF_OBJECT:
        target = name.partition(" ")[2] or name
        return (
            target if name.startswith("SCHEMA ") else f"{schema}.{target.split('.')[0] if 'COLUMN' in name else target}"
        )
    on = _ON_TABLE.search(text) if kind == "INDEX" else None
    if on:
        return on[1]
    return name if schema == "-" else f"{schema}.{name}"


_FIRST = ("SCHEMA", "EXTENSION", "TYPE", "DOMAIN", "TABLE", "VIEW", "MATERIALIZED VIEW", "FUNCTION", "PROCEDURE")


def _order(key: tuple[str, str, str]) -> tuple[str, int, str, str]:
    owner, kind, name = key
    return (owner, _FIRST.index(kind) if kind in _FIRST else len(_FIRST), kind, name)
