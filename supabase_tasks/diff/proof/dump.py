"""`pg_dump --schema-only` as a set of objects, so that two databases can be compared by eyes that are not ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from io import StringIO
from secrets import token_bytes
from typing import TYPE_CHECKING

from supabase_tasks.background import BackgroundTask
from supabase_tasks.diff.catalog.deparse import canonical, columns_by_name, flatten
from supabase_tasks.diff.catalog.scope import OPEN_SCHEMAS, Scope
from supabase_tasks.diff.ddl.secret_options import is_secret
from supabase_tasks.diff.proof import dump_keys
from supabase_tasks.diff.proof.dump_rows import DumpedRows
from supabase_tasks.diff.proof.ignored_members import access_entries
from supabase_tasks.diff.proof.public_schema import without_its_owner
from supabase_tasks.platform_schemas import PLATFORM_PUBLICATIONS, PLATFORM_SCHEMAS, SCHEMAS_OF_EVERY_PROJECT

if TYPE_CHECKING:
    from supabase_tasks.postgres import Server

# The heading that pg_dump writes above every object.
_HEADING = re.compile(
    r"^-- Name: (?P<name>.*); Type: (?P<type>[A-Z ]+); Schema: (?P<schema>.*); Owner: ?(?P<owner>.*)$"
)
_CLOSED = frozenset(PLATFORM_SCHEMAS)
_INHERITS = re.compile(r"^INHERITS \((.*)\);$", re.MULTILINE)
_CREATES = re.compile(r"^CREATE (?:UNLOGGED )?TABLE (?P<name>.+) \($", re.MULTILINE)
_COLUMN = re.compile(
    r"""^    (?!CONSTRAINT )("(?:[^"]|"")+"|[^\s"]+) .*?(?: DEFAULT (?P<default>.*?)| (?P<computed>GENERATED ALWAYS AS .*?))?"""
    r"(?P<required> NOT NULL)?$"
)
# A column or constraint of a table, or what is altered of a column.
_PART = re.compile(
    r"""^(?:    (?P<constraint>CONSTRAINT )?|ALTER (?:FOREIGN )?TABLE (?:ONLY )?(?:"(?:[^"]|"")+"|[^\s"])+ ALTER COLUMN )"""
    r"""(?P<name>"(?:[^"]|"")+"|[^\s"]+) """
)
_TABLES = frozenset({"TABLE", "FOREIGN TABLE"})
# Whose lines have no order, and code that is no expression.
_BY_LINE = frozenset({*_TABLES, "ACL", "DEFAULT ACL", "FUNCTION", "PROCEDURE"})
_PARAMETERS = re.compile(r"WITH \(([\w.]+=[^()]*)\)")
_ON_PLATFORM_TABLES = frozenset({"TRIGGER", "POLICY"})
# A random token since 17.6, and settings of the session.
_NOISE = re.compile(
    r"^(?:--.*|\\(?:un)?restrict .*|SET default_\w+ = .*;|SET .*;|RESET SESSION AUTHORIZATION;"
    r"|SELECT pg_catalog\.set_config.*|)$"
)
# What `undumped` reads, because a copy has it only as text; comments on extensions are those of their versions.
_READ_APART = frozenset({"SUBSCRIPTION", "SECURITY LABEL"})
_PARTS_READ_APART = frozenset({("COMMENT", "EXTENSION"), ("COMMENT", "SUBSCRIPTION"), ("ACL", "LANGUAGE")})
_OF_THE_PLATFORM = re.compile(rf" EXECUTE FUNCTION (?:{'|'.join(PLATFORM_SCHEMAS)})\.")
# The options of these hold passwords: compared as a digest that means nothing outside this process, and never shown.
_OPTIONED = frozenset({"USER MAPPING", "SERVER", "FOREIGN DATA WRAPPER", "FOREIGN TABLE"})
_OPTION = re.compile(r"""("(?:[^"]|"")*"|\w+) (E?'(?:[^']|'')*')""")
_SALT = token_bytes(16)

Entry = tuple[str, str, str]


def take(
    server: Server,
    database: str,
    scope: Scope | None = None,
    *,
    like: BackgroundTask[Mapping[Entry, str]] | None = None,
) -> Mapping[Entry, str]:
    """`parse` of a database's dump; the dump `like`, taken meanwhile, has its equal texts already. Raises `ProcessError` when
    pg_dump fails."""
    aside = access_entries(server, database, scope) if scope else frozenset()
    with server.dump_file(database) as lines:
        found = parse(lines, scope, like=like.result() if like else None)
    return {entry: text for entry, text in found.items() if entry not in aside} if aside else found


def parse(
    text: str | Iterable[str], scope: Scope | None = None, *, like: Mapping[Entry, str] | None = None
) -> Mapping[Entry, str]:
    """The objects of a dump: (type, schema, name) to normalised SQL. Platform schemas and ignored objects are left out.

    The order of a table's columns, of storage parameters and of grants means nothing; everything else does.
    """
    scope = scope or Scope()
    found: dict[Entry, str] = {}
    schemas: set[str] = set()
    rows = DumpedRows()
    for entry, block_lines in _blocks(StringIO(text, newline="\n") if isinstance(text, str) else text):
        if not (lines := without_its_owner(entry, block_lines)):
            continue
        if entry[0] == "SCHEMA":
            schemas.add(entry[2])
        rows.see(entry, lines)
        if _counts(entry, lines, scope) and not _ignored_default(entry, lines, scope):
            block = _normal(entry[0], _without_ignored(entry, lines, scope))
            if entry[0] == "EVENT TRIGGER" and _OF_THE_PLATFORM.search(block):
                continue
            found[entry] = f"{found[entry]}\n{block}" if entry in found else _once(entry, block, like)
    rows.leave_out(found)
    if schemas.issuperset(SCHEMAS_OF_EVERY_PROJECT):
        # What the platform makes and changes as it runs.
        for name in PLATFORM_PUBLICATIONS:
            found.pop(("PUBLICATION", "-", name), None)
    if scope.ignore:
        found = _without_attached(found)
    children = {entry: text for entry, text in found.items() if entry[0] == "TABLE" and _INHERITS.search(text)}
    for entry, text in children.items():
        found.update(_without_inherited(entry, text, {**found, **children}))
    return found


def _once(entry: Entry, block: str, like: Mapping[Entry, str] | None) -> str:
    known = like.get(entry) if like else None
    return known if known == block and known is not None else block


def _blocks(text: Iterable[str]) -> Iterator[tuple[Entry, list[str]]]:
    """Each object's heading, and the owner and the lines below it; a large dump is never held as lines."""
    entry: Entry | None = None
    lines: list[str] = []
    for ended in text:
        line = ended.rstrip("\n")
        heading = _HEADING.match(line)
        if heading:
            if entry is not None:
                yield entry, lines
            entry = (heading["type"], heading["schema"], heading["name"])
            lines = [f"owner {heading['owner']}"]
        else:
            lines.append(line)
    if entry is not None:
        yield entry, lines


def _without_inherited(entry: Entry, text: str, entries: Mapping[Entry, str]) -> Mapping[Entry, str]:
    """A child table without the columns that its parents have too: whether it also declares them itself cannot be altered.
    What it has of its own is then said as pg_dump says it of a column that is only inherited."""
    match, made = _INHERITS.search(text), _CREATES.search(text)
    if match is None or made is None:
        return {entry: text}
    owner = next((line for line in text.splitlines() if line.startswith("owner ")), "")
    given = set(_inherited_lines(match[1], entries))
    columns = {column[1]: column[0] for line in given if (column := _COLUMN.match(line))}
    kept: list[str] = []
    found: dict[Entry, str] = {}
    for line in text.splitlines():
        column = _COLUMN.match(line)
        if column is None or column[1] not in columns or column["computed"]:
            kept += [] if line in given else [line]
            continue
        alter = f"ALTER TABLE ONLY {made['name']} ALTER COLUMN {column[1]} SET"
        if column["default"]:
            name = column[1].strip('"').replace('""', '"')
            found["DEFAULT", entry[1], f"{entry[2]} {name}"] = f"{owner}\n{alter} DEFAULT {column['default']};"
        if column["required"] and not columns[column[1]].endswith(" NOT NULL"):
            kept.append(f"{alter} NOT NULL;")
    return {entry: "\n".join(sorted(kept)), **found}


def _inherited_lines(parents: str, entries: Mapping[Entry, str]) -> Iterator[str]:
    """The lines of the columns that a child has of its parents, and of theirs: as the nearest one that declares them."""
    for name in parents.split(","):
        text = entries.get(_table(name), "")
        own = [line for line in text.splitlines() if line.startswith("    ")]
        yield from own
        above = _INHERITS.search(text)
        declared = {_name_of(line) for line in own}
        yield from (
            (line for line in _inherited_lines(above[1], entries) if _name_of(line) not in declared) if above else ()
        )


def _name_of(line: str) -> str:
    column = _COLUMN.match(line)
    return column[1] if column else line


def _table(name: str) -> Entry:
    schema, _, table = name.strip().replace('"', "").partition(".")
    return ("TABLE", schema, table)


def _counts(entry: Entry, lines: Sequence[str], scope: Scope) -> bool:
    kind, schema, name = entry
    if kind in ("SCHEMA", "COMMENT", "ACL") and schema == "-" and name.removeprefix("SCHEMA ") in _CLOSED:
        return False
    if kind in _READ_APART or (kind, name.partition(" ")[0]) in _PARTS_READ_APART:
        return False
    if schema in _CLOSED and not (kind in _ON_PLATFORM_TABLES and schema in OPEN_SCHEMAS):
        return False
    return not (scope.ignore and any(scope.ignores(*key) for key in dump_keys.keys(kind, schema, name, lines)))


def _without_attached(found: Mapping[Entry, str]) -> dict[Entry, str]:
    """The entries without what attaches an index that is left out itself: its entry does not say whose index it is."""
    indexes = {(schema, name) for kind, schema, name in found if kind == "INDEX"}
    indexes |= {
        (schema, one) for kind, schema, name in found if kind == "CONSTRAINT" for one in dump_keys.last_names(name)
    }
    return {entry: text for entry, text in found.items() if entry[0] != "INDEX ATTACH" or entry[1:] in indexes}


def _without_ignored(entry: Entry, lines: list[str], scope: Scope) -> list[str]:
    """The lines of a table without those of its columns and constraints that a pattern covers."""
    kind, *table = entry
    if not scope.ignore or kind not in _TABLES:
        return lines

    def is_ignored(line: str) -> bool:
        part = _PART.match(line)
        if part is None:
            return False
        name = part["name"].strip('"').replace('""', '"')
        return scope.ignores("constraint" if part["constraint"] else "column", (*table, name))

    return [line for line in lines if not is_ignored(line)]


def _ignored_default(entry: Entry, lines: Sequence[str], scope: Scope) -> bool:
    """Whether a pattern covers default privileges: they are known by the role that they are of, which is their owner here."""
    kind, schema, name = entry
    if kind != "DEFAULT ACL" or not scope.ignore:
        return False
    word = name.removeprefix("DEFAULT PRIVILEGES FOR ").capitalize()
    letter = {"Tables": "r", "Sequences": "S", "Functions": "f", "Types": "T", "Schemas": "n"}.get(word, word)
    role = lines[0].removeprefix("owner ").strip()
    return scope.ignores("default_privilege", (role, "" if schema == "-" else schema, letter))


def normal(kind: str, text: str) -> str:
    """The text of an object of a kind as it is compared."""
    return _normal(kind, text.splitlines())


def _normal(kind: str, lines: list[str]) -> str:
    kept = [_PARAMETERS.sub(_sort_options, canonical(line)) for line in lines if not _NOISE.match(line)]
    # A condition with a query in it goes over several lines.
    kept = [flatten(line) for line in kept] if kind in _BY_LINE else flatten("\n".join(kept)).split("\n")
    if kind in _OPTIONED:
        text = _OPTION.sub(lambda found: _hide_option(kind, found), "\n".join(kept))
        kept = text.split("\n")
    if kind == "TABLE":
        kept = sorted(line.rstrip(",") for line in kept)
    elif kind in ("STATISTICS", "PUBLICATION TABLE"):
        kept = [columns_by_name(line) for line in kept]
    elif kind in ("ACL", "DEFAULT ACL"):
        # A privilege that two roles have granted is one privilege.
        kept = sorted(set(kept))
    return "\n".join(kept).strip("\n")


def _hide_option(kind: str, option: re.Match[str]) -> str:
    if kind != "USER MAPPING" and not is_secret(option[1]):
        return option[0]
    return f"{option[1]} (hidden, {blake2b(option[2].encode(), key=_SALT, digest_size=8).hexdigest()})"


def _sort_options(match: re.Match[str]) -> str:
    return f"WITH ({', '.join(sorted(match[1].split(', ')))})"


def differences(current: Mapping[Entry, str], desired: Mapping[Entry, str]) -> list[dict[str, str | None]]:
    """Objects that are not the same in both: `object`, and their `current` and `desired` SQL (None: absent)."""
    return [
        {"object": _title(entry), "current": current.get(entry), "desired": desired.get(entry)}
        for entry in sorted(current.keys() | desired.keys())
        if current.get(entry) != desired.get(entry)
    ]


def _title(entry: Entry) -> str:
    kind, schema, name = entry
    return f"{kind.lower()} {name}" if schema == "-" else f"{kind.lower()} {schema}.{name}"
