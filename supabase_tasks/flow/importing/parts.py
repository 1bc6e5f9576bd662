"""Constraints, policies, triggers and grants as the items of a table's definition.

Each writer returns None for what it cannot say exactly; that stays plain SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing import readable
from supabase_tasks.flow.importing.conventions import Convention
from supabase_tasks.flow.importing.references import UNVALIDATED, Reference, given_name
from supabase_tasks.flow.importing.source import Call, Source, Sql, call, keyword, string, strings

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.constraint import Constraint
    from supabase_tasks.diff.kinds.policy import Policy
    from supabase_tasks.diff.kinds.trigger import Trigger

NAME = r'(?:"(?:[^"]|"")+"|[a-z_][\w$]*)'
PATH = rf"{NAME}(?:\.{NAME})?"
NAMES = rf"{NAME}(?:, {NAME})*"
_FOREIGN = re.compile(
    rf"FOREIGN KEY \((?P<own>{NAMES})\) REFERENCES (?P<table>{PATH})\((?P<other>{NAMES})\)(?P<rest>.*)"
)
_ACTIONS = re.compile(
    r"(?: MATCH (?P<match>FULL))?"
    r"(?: ON UPDATE (?P<onupdate>CASCADE|RESTRICT|SET NULL|SET DEFAULT))?"
    rf"(?: ON DELETE (?P<ondelete>CASCADE|RESTRICT|SET (?:NULL|DEFAULT)(?: \({NAMES}\))?))?"
    r"(?P<deferrable> DEFERRABLE)?(?P<initially> INITIALLY DEFERRED)?(?P<unvalidated> NOT VALID)?"
)
_UNIQUE = re.compile(rf"UNIQUE(?P<nulls> NULLS NOT DISTINCT)? \((?P<columns>{NAMES})\)")
_COMMANDS = {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}
# Sorted, as they are in `API_ROLES`.
_API_ROLES = ("anon", "authenticated", "service_role")
_TRIGGER = re.compile(
    rf"CREATE TRIGGER (?P<name>{NAME}) (?P<timing>BEFORE|AFTER|INSTEAD OF) (?P<events>.+?) ON (?P<on>{PATH}) "
    r"FOR EACH (?P<level>ROW|STATEMENT) (?:WHEN \((?P<when>.*)\) )?"
    rf"EXECUTE FUNCTION (?P<function>{PATH})\((?P<args>.*)\)",
    re.S,
)
_GRANT = re.compile(rf"(?P<verb>GRANT|REVOKE) (?P<what>[A-Z, ]+) ON TABLE (?P<on>{PATH}) (?:TO|FROM) (?P<roles>[^;]+)")


def unquote(name: str) -> str:
    """An SQL identifier as the name that it stands for."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def names(listed: str) -> list[str]:
    """The identifiers of a list."""
    return [unquote(name) for name in re.findall(NAME, listed)]


def is_name(text: str) -> bool:
    return re.fullmatch(NAME, text) is not None


def primary_key(constraint: Constraint) -> list[str] | None:
    """The columns of a plain primary key."""
    match = re.fullmatch(rf"PRIMARY KEY \(({NAMES})\)", constraint.definition)
    return names(match[1]) if match else None


def unsaid_key(constraint: Constraint) -> frozenset[str] | None:
    """The columns of a primary key or unique constraint that stays plain SQL, which comes after all tables; else None."""
    saying = {"p": primary_key(constraint), "u": _UNIQUE.fullmatch(constraint.definition)}
    return frozenset(constraint.columns) if constraint.type in saying and saying[constraint.type] is None else None


def foreign_key(
    constraint: Constraint,
    known: Callable[[str, str, Sequence[str]], bool],
    convention: Convention | None = None,
) -> Reference | None:
    """The foreign key; None for one that the models cannot say. `known` says whether the metadata will hold a table, with a
    key of these columns. Without a `convention` its name is said in any case."""
    match = _FOREIGN.fullmatch(constraint.definition)
    actions = _ACTIONS.fullmatch(match["rest"]) if match else None
    if match is None or actions is None:
        return None
    target = [unquote(part) for part in re.findall(NAME, match["table"])]
    schema, table = target if len(target) == 2 else ("public", target[0])
    own, other = names(match["own"]), names(match["other"])
    if not known(schema, table, other) or any("." in part for part in (table, *other)):
        return None
    head = table if schema == "public" else f"{schema}.{table}"
    given = convention is not None and constraint.name == convention.name("fk", constraint.table, own, table)
    return Reference(
        tuple(own),
        tuple(f"{head}.{column}" for column in other),
        "" if given else constraint.name,
        actions["onupdate"] or "",
        actions["ondelete"] or "",
        bool(actions["deferrable"]),
        bool(actions["initially"]),
        actions["match"] or "",
        bool(actions["unvalidated"]),
    )


def unique_column(constraint: Constraint, convention: Convention) -> str | None:
    """The column of a constraint that `unique=True` says: one column, and the name of one without a name."""
    match = _UNIQUE.fullmatch(constraint.definition) if constraint.type == "u" else None
    columns = names(match["columns"]) if match and not match["nulls"] else []
    given = len(columns) == 1 and constraint.name == convention.name("uq", constraint.table, columns)
    return columns[0] if given else None


def unique(constraint: Constraint, convention: Convention | None) -> Source | None:
    """`sa.UniqueConstraint`; without a `convention` its name is said in any case."""
    match = _UNIQUE.fullmatch(constraint.definition)
    if match is None:
        return None
    nulls = {"postgresql_nulls_not_distinct": "True"} if match["nulls"] else {}
    columns = names(match["columns"])
    given = convention is not None and constraint.name == convention.name("uq", constraint.table, columns)
    name = "" if given else string(constraint.name)
    return call("sa.UniqueConstraint", *map(string, columns), name=name, **nulls)


def check(constraint: Constraint, columns: Mapping[str, str], *, exact: bool) -> Source | None:
    """`sa.CheckConstraint`; `columns` are the table's, with their types."""
    match = re.fullmatch(r"CHECK \((.*)\)( NOT VALID)?", constraint.definition, re.S)
    if match is None:
        return None
    text = match[1] if exact else readable.condition(match[1], columns)
    # text() takes `[[:space:]]` for a parameter, and cannot be told otherwise when a colon follows the word.
    colons = re.search(r":\w+:", text)
    written: Source = call("sa.literal_column", Sql(text)) if colons else Sql(text, clause=True)
    given = not exact and constraint.name in _given_checks(constraint.table, match[1], columns)
    unvalidated = {UNVALIDATED: "True"} if match[2] else {}
    return call("sa.CheckConstraint", written, name="" if given else string(constraint.name), **unvalidated)


def _given_checks(table: str, text: str, columns: Mapping[str, str]) -> set[str]:
    """The name that PostgreSQL gives a check: after its column where it names one. Which words are columns is a guess."""
    words = {unquote(word) for word in re.findall(NAME, re.sub(r"'(?:[^']|'')*'", "", text))}
    named = [column for column in columns if column in words]
    return {given_name(table, named if len(named) == 1 else [], "check")}


def split_at_closing(text: str) -> tuple[str | None, str]:
    """What stands before the parenthesis that closes an opened one, and what follows it."""
    depth = 0
    for position in _outside(text):
        if text[position] == ")" and depth == 0:
            return text[:position], text[position + 1 :]
        depth += (text[position] == "(") - (text[position] == ")")
    return None, ""


def split_list(text: str) -> list[str]:
    """The items of a list, split at its own commas."""
    cuts = [-1]
    depth = 0
    for position in _outside(text):
        depth += (text[position] == "(") - (text[position] == ")")
        if text[position] == "," and depth == 0:
            cuts.append(position)
    return [text[start + 1 : end].strip() for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True)]


def _outside(text: str) -> Iterator[int]:
    """The positions outside of string literals and quoted names."""
    quote = ""
    for position, character in enumerate(text):
        if quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        else:
            yield position


def policy(one: Policy, columns: Mapping[str, str], *, exact: bool) -> Source | None:
    """`Policy(…)`; None without a condition, which PostgreSQL takes and the models refuse: it lets no row through."""
    if one.using is None and one.check is None:
        return None
    options: list[Source] = []
    # PUBLIC is an empty name in the catalogs; it is what Policy means without `to`.
    if one.roles and set(one.roles) != {""}:
        options.append(f"to={_roles(one.roles)}")
    for name, text in (("using", one.using), ("check", one.check)):
        if text is not None:
            options.append(keyword(name, Sql(text if exact else readable.condition(text, columns))))
    options += [] if one.permissive else ["restrictive=True"]
    return Call("Policy", (string(one.name), string(_COMMANDS[one.command]), *options))


def _roles(found: Sequence[str]) -> str:
    if tuple(sorted(found)) == _API_ROLES:
        return "API_ROLES"
    shown = [role if role in _API_ROLES else string(role or "public") for role in found]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"


def trigger(one: Trigger, *, exact: bool) -> Source | None:
    """`Trigger(…)` for one that fires for every origin and has no transition tables."""
    match = _TRIGGER.fullmatch(one.definition)
    events = _events(match["events"]) if match else None
    if match is None or events is None or one.enabled != "O" or " REFERENCING " in match["events"]:
        return None
    words, of = events
    # OLD and NEW stand before the columns there, so that nothing is known of their types.
    when = match["when"] if exact or not match["when"] else readable.condition(match["when"], {})
    arguments = re.findall(r"'((?:[^']|'')*)'", match["args"])
    timing = match["timing"].lower()
    level = match["level"].lower()
    options: list[Source] = [f"timing={string(timing)}"] if timing != "before" else []
    options.append(keyword("events", string(words[0]) if len(words) == 1 else strings(words)))
    options += [keyword("columns", strings(of))] if of else []
    options += [f"level={string(level)}"] if level != "row" else []
    options += [keyword("when", Sql(when))] if when else []
    options += [keyword("arguments", strings([a.replace("''", "'") for a in arguments]))] if arguments else []
    return Call("Trigger", (string(one.name), string(match["function"]), *options))


def _events(text: str) -> tuple[list[str], list[str]] | None:
    words: list[str] = []
    columns: list[str] = []
    for event in text.split(" OR "):
        match = re.fullmatch(rf"(INSERT|DELETE|TRUNCATE|UPDATE)(?: OF ({NAMES}))?", event)
        if match is None:
            return None
        words.append(match[1].lower())
        columns += names(match[2]) if match[2] else []
    return words, columns


def grants(statements: Sequence[str]) -> list[Source] | None:
    """`Grant(…)` and `Revoke(…)` for statements on a whole table, one for roles that get the same; None where one of them
    cannot be said."""
    found: list[tuple[str, str, list[str]]] = []
    for statement in statements:
        match = _GRANT.fullmatch(statement.strip().rstrip(";"))
        if match is None or " WITH GRANT OPTION" in match["roles"]:
            return None
        word = "Grant" if match["verb"] == "GRANT" else "Revoke"
        roles = [unquote(role) if role != "PUBLIC" else "public" for role in match["roles"].split(", ")]
        what = match["what"].lower()
        same = next((one for one in found if one[:2] == (word, what)), None)
        if same is not None and all(one[0] == word for one in found[found.index(same) :]):
            same[2].extend(roles)
        else:
            found.append((word, what, roles))
    return [call(word, string(what), to=_roles(roles)) for word, what, roles in found]
