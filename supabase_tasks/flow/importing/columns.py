"""One column as source."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing import literals, readable
from supabase_tasks.flow.importing.names import attribute
from supabase_tasks.flow.importing.references import Reference
from supabase_tasks.flow.importing.source import Call, Prose, Source, Sql, call, entry, keyword, mapping, string
from supabase_tasks.flow.importing.sqltypes import ColumnType, Names

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.column_item import Column

_INTEGERS = ("smallint", "integer", "bigint")
_COLLATED = ("sa.Text", "sa.String", "sa.CHAR")
_COLLATION = re.compile(r'pg_catalog\.(?:"([^"]+)"|(\w+))')


@dataclass(frozen=True, slots=True)
class Facts:
    """What a column's line says in addition to the column itself: `keyed` columns are part of the primary key, `primary` ones
    are marked so (a key of another name or order is an item of the table instead). `attribute` is its name in the
    class; `exact`: as PostgreSQL prints it."""

    attribute: str = ""
    primary: bool = False
    keyed: bool = False
    serial: bool = False
    unique: bool = False
    indexed: bool = False
    reference: Reference | None = None
    comment: str | None = None
    exact: bool = False


def field(column: Column, facts: Facts, names: Names, shared: Callable[[Source], str]) -> tuple[str, Source | None]:
    """The line of a SQLModel class: `name: type`, and what it is set to. `shared` names a server default that many have."""
    kind = column_type(column, names)
    filled = facts.serial or column.default is not None or bool(column.identity_mode or column.generated)
    default = _default(column, facts)
    value = None
    if column.not_null and not facts.keyed and column.default is not None and not facts.exact:
        value = literals.python(default, column.type, kind, names)
    optional = value is None and (filled or not column.not_null)
    annotation = value.annotation if value else f"{kind.annotation} | None" if optional else kind.annotation
    derived = optional and not facts.primary
    name = facts.attribute
    arguments: list[Source] = [value.argument] if value else ["default=None"] if optional else []
    arguments += ["primary_key=True"] if facts.primary else []
    simple = (
        facts.reference is not None
        and facts.reference.simple
        and not (facts.reference.ondelete == "SET NULL" and column.not_null)
    )
    arguments += facts.reference.fields() if simple and facts.reference else []
    arguments += ["index=True"] if facts.indexed else []
    arguments += ["unique=True"] if facts.unique else []
    arguments += [f"nullable={not column.not_null}"] if derived == column.not_null else []
    arguments += [*kind.options] if kind.plain else [f"sa_type={kind.expression}"]
    items = _items(column, facts, referring=not simple)
    arguments += [keyword("sa_column_args", Call("", tuple(items), opening="["))] if items else []
    options = _options(column, facts, default, named=name != column.name)
    if options:
        said = _share(options, shared)
        arguments.append(keyword("sa_column_kwargs", said))
    if not arguments:
        return f"{name}: {annotation}", None
    if arguments in (["default=None"], [value.argument if value else ""]):
        bare = str(arguments[0]).removeprefix("default=")
        return f"{name}: {annotation}", bare if not bare.startswith("default_factory") else Call(
            "Field", tuple(arguments)
        )
    return f"{name}: {annotation}", Call("Field", tuple(arguments))


def column_type(column: Column, names: Names) -> ColumnType:
    """The column's type, with a collation of PostgreSQL's own; another one is for plain SQL."""
    kind = names.column_type(column.type)
    class_, _, given = kind.expression.rstrip(")").partition("(")
    if class_ not in _COLLATED or not (found := _COLLATION.fullmatch(column.collation)):
        return kind
    options = ", ".join(filter(None, (given, f"collation={string(found[1] or found[2])}")))
    return ColumnType(kind.annotation, f"{class_}({options})")


def attributes_of(columns: Sequence[Column], names: Names) -> dict[str, str]:
    """The names that the columns of one table have in its class, by theirs: where two would have the same one, the column that
    is called so keeps it, and the others get numbers."""
    wanted = {column.name: _attribute_of(column, names) for column in columns}
    kept = {name for name, proposed in wanted.items() if name == proposed}
    found: dict[str, str] = {}
    for name, proposed in wanted.items():
        taken = {*kept, *found.values()} - {name}
        numbered = (proposed, *(f"{proposed}_{number}" for number in range(2, 2000)))
        found[name] = next(one for one in numbered if one not in taken)
    return found


def _attribute_of(column: Column, names: Names) -> str:
    name = attribute(column.name)
    taken = {
        *names.named,
        *(one.class_name for one in names.enums.values()),
        *(one.type_name for one in names.enums.values()),
    }
    return f"{name}_" if name in taken else name


def _default(column: Column, facts: Facts) -> str:
    text = column.default or ""
    return text if facts.exact else readable.default(text, column.type)


def _items(column: Column, facts: Facts, *, referring: bool = True) -> list[Source]:
    """What stands inside of the column: a reference that a Field cannot say, a computed value, an identity."""
    items: list[Source] = [facts.reference.item()] if referring and facts.reference is not None else []
    if column.generated is not None:
        text = column.generated if facts.exact else readable.computation(column.generated)
        items.append(call("sa.Computed", Sql(text, clause=True), "persisted=True"))
    if column.identity_mode:
        items.append(call("sa.Identity", *_identity(column)))
    return items


def _identity(column: Column) -> list[str]:
    """The options of an identity, as PostgreSQL's `sequence` has them."""
    options = ["always=True"] if column.identity_mode == "a" else []
    numbers = re.findall(r"\b(INCREMENT|MINVALUE|MAXVALUE|START|CACHE)(?: BY| WITH)? (-?\d+)", column.sequence)
    options += [f"{word.lower()}={number}" for word, number in numbers]
    return options + (["cycle=True"] if re.search(r"\bCYCLE$", column.sequence) else [])


def _options(column: Column, facts: Facts, default: str, *, named: bool) -> list[tuple[str, Source]]:
    options: list[tuple[str, Source]] = [("name", string(column.name))] if named else []
    options += [("autoincrement", "False")] if _no_autoincrement(column, facts) else []
    if column.default is not None and not facts.serial:
        options.append(("server_default", server_default(default, column.type, exact=facts.exact)))
    if facts.comment is not None:
        options.append(("comment", Prose(facts.comment)))
    return options


def _share(options: list[tuple[str, Source]], shared: Callable[[Source], str]) -> Source:
    name = shared(options[0][1]) if len(options) == 1 and options[0][0] == "server_default" else ""
    return name or mapping(*(entry(key, value) for key, value in options))


def server_default(text: str, type_: str, *, exact: bool = False) -> Source:
    """A plain string for a plain string, else `sa.text(…)`."""
    plain = re.fullmatch(r"'([\w ./#,-]*)'", text)
    if plain and not exact and not type_.endswith("[]") and "json" not in type_:
        return string(plain[1])
    return call("sa.text", Sql(text, clause=True))


def sa_column(column: Column, facts: Facts, kind: ColumnType) -> Call:
    """`sa.Column(…)` of a Core table."""
    arguments: list[Source] = [string(column.name), kind.expression, *_items(column, facts)]
    arguments += ["primary_key=True"] if facts.primary else []
    arguments += ["index=True"] if facts.indexed else []
    arguments += ["unique=True"] if facts.unique else []
    arguments += ["nullable=False"] if column.not_null and not facts.primary else []
    for key, value in _options(column, facts, _default(column, facts), named=False):
        arguments.append(keyword(key, value))
    return Call("sa.Column", tuple(arguments))


def _no_autoincrement(column: Column, facts: Facts) -> bool:
    # SQLAlchemy makes a lone integer key a serial unless it is told otherwise.
    if column.type not in _INTEGERS or not facts.keyed or facts.serial or column.identity_mode:
        return False
    return column.default is None and facts.reference is None


def serial_sequence(column: Column) -> str | None:
    """The name of the sequence behind a serial column, as `serial` itself would call it; None for another default."""
    match = re.fullmatch(r"nextval\('(.+)'::regclass\)", column.default or "")
    if match is None or column.type not in _INTEGERS or not column.not_null:
        return None
    name = match[1].rpartition(".")[2].strip('"')
    return name if name == f"{column.table}_{column.name}_seq" else None
