"""Constraints, indexes, policies, triggers and grants as the items of a table's definition.

Each writer returns None for what it cannot say exactly; that stays plain SQL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing.source import Call, Source, call, clause, keyword, string, strings

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.constraint import Constraint
    from supabase_tasks.diff.kinds.index import Index
    from supabase_tasks.diff.kinds.policy import Policy
    from supabase_tasks.diff.kinds.trigger import Trigger

_NAME = r'(?:"(?:[^"]|"")+"|[a-z_][\w$]*)'
_PATH = rf"{_NAME}(?:\.{_NAME})?"
_NAMES = rf"{_NAME}(?:, {_NAME})*"
_FOREIGN = re.compile(
    rf"FOREIGN KEY \((?P<own>{_NAMES})\) REFERENCES (?P<table>{_PATH})\((?P<other>{_NAMES})\)(?P<rest>.*)"
)
_ACTIONS = re.compile(
    r"(?: ON UPDATE (?P<onupdate>CASCADE|RESTRICT|SET NULL|SET DEFAULT))?"
    r"(?: ON DELETE (?P<ondelete>CASCADE|RESTRICT|SET NULL|SET DEFAULT))?"
    r"(?P<deferrable> DEFERRABLE)?(?P<initially> INITIALLY DEFERRED)?"
)
_UNIQUE = re.compile(rf"UNIQUE(?P<nulls> NULLS NOT DISTINCT)? \((?P<columns>{_NAMES})\)")
_INDEX = re.compile(rf"ON (?:ONLY )?{_PATH} (?:USING (?P<method>\w+) )?\((?P<rest>.*)", re.S)
_COMMANDS = {"*": "all", "r": "select", "a": "insert", "w": "update", "d": "delete"}
_API_ROLES = ("anon", "authenticated", "service_role")
_TRIGGER = re.compile(
    rf"CREATE TRIGGER (?P<name>{_NAME}) (?P<timing>BEFORE|AFTER|INSTEAD OF) (?P<events>.+?) ON (?P<on>{_PATH}) "
    r"FOR EACH (?P<level>ROW|STATEMENT) (?:WHEN \((?P<when>.*)\) )?"
    rf"EXECUTE FUNCTION (?P<function>{_PATH})\((?P<args>.*)\)",
    re.S,
)
_GRANT = re.compile(rf"(?P<verb>GRANT|REVOKE) (?P<what>[A-Z, ]+) ON TABLE (?P<on>{_PATH}) (?:TO|FROM) (?P<roles>[^;]+)")


def unquoted(name: str) -> str:
    """An SQL identifier as the name that it stands for."""
    return name[1:-1].replace('""', '"') if name.startswith('"') else name


def names(listed: str) -> list[str]:
    """The identifiers of a list."""
    return [unquoted(name) for name in re.findall(_NAME, listed)]


def primary_key(constraint: Constraint) -> list[str] | None:
    """The columns of a plain primary key."""
    match = re.fullmatch(rf"PRIMARY KEY \(({_NAMES})\)", constraint.definition)
    return names(match[1]) if match else None


def foreign_key(constraint: Constraint, known: Callable[[str, str], bool]) -> tuple[list[str], Source] | None:
    """Its columns and the item: `sa.ForeignKey` for one column, `sa.ForeignKeyConstraint` for several.

    `known` says whether the metadata will hold a table.
    """
    match = _FOREIGN.fullmatch(constraint.definition)
    actions = _ACTIONS.fullmatch(match["rest"]) if match else None
    if match is None or actions is None:
        return None
    target = [unquoted(part) for part in re.findall(_NAME, match["table"])]
    schema, table = target if len(target) == 2 else ("public", target[0])
    own, other = names(match["own"]), names(match["other"])
    if not known(schema, table) or any("." in part for part in (table, *other)):
        return None
    head = table if schema == "public" else f"{schema}.{table}"
    targets = [f"{head}.{column}" for column in other]
    options = {
        "name": string(constraint.name),
        **{key: string(actions[key]) for key in ("onupdate", "ondelete") if actions[key]},
        **({"deferrable": "True"} if actions["deferrable"] else {}),
        **({"initially": string("DEFERRED")} if actions["initially"] else {}),
    }
    if len(own) == 1:
        return own, call("sa.ForeignKey", string(targets[0]), **options)
    return own, call("sa.ForeignKeyConstraint", strings(own), strings(targets), **options)


def unique(constraint: Constraint) -> Source | None:
    """`sa.UniqueConstraint`."""
    match = _UNIQUE.fullmatch(constraint.definition)
    if match is None:
        return None
    nulls = {"postgresql_nulls_not_distinct": "True"} if match["nulls"] else {}
    columns = (string(name) for name in names(match["columns"]))
    return call("sa.UniqueConstraint", *columns, name=string(constraint.name), **nulls)


def check(constraint: Constraint) -> Source | None:
    """`sa.CheckConstraint`."""
    match = re.fullmatch(r"CHECK \((.*)\)", constraint.definition, re.S)
    if match is None:
        return None
    # text() takes `[[:space:]]` for a parameter, and cannot be told otherwise when a colon follows the word.
    written = call("sa.literal_column", string(match[1])) if re.search(r":\w+:", match[1]) else clause(match[1])
    return call("sa.CheckConstraint", written, name=string(constraint.name))


def index(one: Index) -> Source | None:
    """`sa.Index`, its expressions as `sa.text`."""
    match = _INDEX.fullmatch(one.definition)
    if match is None or one.options or one.statistics or one.on_view:
        return None
    inner, tail = _balanced(match["rest"])
    options = _index_options(tail)
    if inner is None or options is None:
        return None
    method = match["method"] or "btree"
    elements: list[Source] = [
        string(unquoted(item)) if re.fullmatch(_NAME, item) else call("sa.text", clause(item)) for item in _items(inner)
    ]
    elements += ["unique=True"] if one.unique else []
    elements += [f"postgresql_using={string(method)}"] if method != "btree" else []
    return Call("sa.Index", (string(one.name), *elements, *options))


def _index_options(tail: str) -> list[Source] | None:
    match = re.fullmatch(
        rf"(?: INCLUDE \((?P<include>{_NAMES})\))?(?P<nulls> NULLS NOT DISTINCT)?(?: WHERE (?P<where>.*))?", tail, re.S
    )
    if match is None:
        return None
    options: list[Source] = []
    options += [f"postgresql_include={strings(names(match['include']))}"] if match["include"] else []
    options += ["postgresql_nulls_not_distinct=True"] if match["nulls"] else []
    options += [keyword("postgresql_where", call("sa.text", clause(match["where"])))] if match["where"] else []
    return options


def _balanced(text: str) -> tuple[str | None, str]:
    """What stands before the parenthesis that closes an opened one, and what follows it."""
    depth = 0
    for position in _outside(text):
        if text[position] == ")" and depth == 0:
            return text[:position], text[position + 1 :]
        depth += (text[position] == "(") - (text[position] == ")")
    return None, ""


def _items(text: str) -> list[str]:
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


def policy(one: Policy) -> Source:
    """`Policy(…)`."""
    options: list[Source] = []
    # PUBLIC is an empty name in the catalogs; it is what Policy means without `to`.
    if one.roles and set(one.roles) != {""}:
        options.append(f"to={_roles(one.roles)}")
    for name, text in (("using", one.using), ("check", one.check)):
        options += [f"{name}={string(text)}"] if text is not None else []
    options += [] if one.permissive else ["restrictive=True"]
    return Call("Policy", (string(one.name), string(_COMMANDS[one.command]), *options))


def _roles(found: Sequence[str]) -> str:
    shown = [role if role in _API_ROLES else string(role or "public") for role in found]
    return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"


def trigger(one: Trigger) -> Source | None:
    """`Trigger(…)` for one that fires for every origin and has no transition tables."""
    match = _TRIGGER.fullmatch(one.definition)
    events = _events(match["events"]) if match else None
    if match is None or events is None or one.enabled != "O" or " REFERENCING " in match["events"]:
        return None
    words, columns = events
    arguments = re.findall(r"'((?:[^']|'')*)'", match["args"])
    timing = match["timing"].lower()
    level = match["level"].lower()
    options: list[Source] = [f"timing={string(timing)}"] if timing != "before" else []
    options.append(f"events={string(words[0]) if len(words) == 1 else strings(words)}")
    options += [f"columns={strings(columns)}"] if columns else []
    options += [f"level={string(level)}"] if level != "row" else []
    options += [f"when={string(match['when'])}"] if match["when"] else []
    options += [f"arguments={strings([a.replace(chr(39) * 2, chr(39)) for a in arguments])}"] if arguments else []
    return Call("Trigger", (string(one.name), string(match["function"]), *options))


def _events(text: str) -> tuple[list[str], list[str]] | None:
    words: list[str] = []
    columns: list[str] = []
    for event in text.split(" OR "):
        match = re.fullmatch(rf"(INSERT|DELETE|TRUNCATE|UPDATE)(?: OF ({_NAMES}))?", event)
        if match is None:
            return None
        words.append(match[1].lower())
        columns += names(match[2]) if match[2] else []
    return words, columns


def grant(statement: str) -> Source | None:
    """`Grant(…)` or `Revoke(…)` for a statement on a whole table."""
    match = _GRANT.fullmatch(statement.strip().rstrip(";"))
    if match is None or " WITH GRANT OPTION" in match["roles"]:
        return None
    roles = [unquoted(role) if role != "PUBLIC" else "public" for role in match["roles"].split(", ")]
    word = "Grant" if match["verb"] == "GRANT" else "Revoke"
    return call(word, string(match["what"].lower()), to=_roles(roles))
