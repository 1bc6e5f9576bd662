"""One column as source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supabase_tasks.flow.importing.names import attribute
from supabase_tasks.flow.importing.source import Call, Source, call, clause, keyword, render, string
from supabase_tasks.flow.importing.sqltypes import Names, Typed, typed

if TYPE_CHECKING:
    from supabase_tasks.diff.kinds.common.column_item import Column

_INTEGERS = ("smallint", "integer", "bigint")


@dataclass(frozen=True, slots=True)
class Facts:
    """What a column's line says in addition to the column itself: `keyed` columns are part of the primary key, `primary` ones
    are marked so (a key of another name or order is an item of the table instead)."""

    primary: bool = False
    keyed: bool = False
    serial: bool = False
    foreign_key: Source | None = None
    comment: str | None = None


def field(column: Column, facts: Facts, names: Names) -> str:
    """The line of a SQLModel class: `name: type = Field(sa_column=sa.Column(…))`."""
    kind = typed(column.type, names)
    filled = facts.serial or column.default is not None or column.identity_mode or column.generated
    optional = not column.not_null or bool(filled)
    annotation = f"{kind.annotation} | None" if optional and kind.annotation != "Any" else kind.annotation
    name = attribute(column.name)
    written = sa_column(column, facts, kind, named=name != column.name)
    default = ("default=None",) if optional else ()
    head = f"    {name}: {annotation} = "
    return head + render(Call("Field", (*default, keyword("sa_column", written))), 4, before=len(head) - 4) + "\n"


def sa_column(column: Column, facts: Facts, kind: Typed, *, named: bool) -> Call:
    """`sa.Column(…)`, with the column's name when `named`."""
    arguments: list[Source] = [string(column.name)] if named else []
    arguments.append(kind.expression)
    arguments += [facts.foreign_key] if facts.foreign_key is not None else []
    if column.generated is not None:
        arguments.append(call("sa.Computed", clause(column.generated), "persisted=True"))
    if column.identity_mode:
        arguments.append(f"sa.Identity(always={column.identity_mode == 'a'})")
    arguments += ["primary_key=True"] if facts.primary else []
    arguments += _autoincrement(column, facts)
    if column.not_null and not facts.primary:
        arguments.append("nullable=False")
    if column.default is not None and not facts.serial:
        arguments.append(keyword("server_default", call("sa.text", clause(column.default))))
    if facts.comment is not None:
        arguments.append(f"comment={string(facts.comment)}")
    return Call("sa.Column", tuple(arguments))


def _autoincrement(column: Column, facts: Facts) -> list[Source]:
    # SQLAlchemy makes a lone integer key a serial unless it is told otherwise.
    if column.type not in _INTEGERS or not facts.keyed or facts.serial or column.identity_mode:
        return []
    return [] if column.default is not None or facts.foreign_key is not None else ["autoincrement=False"]


def serial_sequence(column: Column) -> str | None:
    """The name of the sequence behind a serial column, as `serial` itself would call it; None for another default."""
    match = re.fullmatch(r"nextval\('(.+)'::regclass\)", column.default or "")
    if match is None or column.type not in _INTEGERS or not column.not_null:
        return None
    name = match[1].rpartition(".")[2].strip('"')
    return name if name == f"{column.table}_{column.name}_seq" else None
