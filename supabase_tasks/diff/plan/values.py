"""Values for existing rows when a NOT NULL column comes: asked for, suggested, and tried before they are used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from supabase_tasks import command_line
from supabase_tasks.did_you_mean import nearest
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.ddl.names import join_dotted, qualified, split_dotted
from supabase_tasks.diff.errors import WrongDefaultError
from supabase_tasks.diff.kinds.common.column_item import Column
from supabase_tasks.diff.options import ValueQuestion
from supabase_tasks.diff.plan import folded
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    import psycopg

# An expression that each type takes: something harmless to start from, by the beginning of format_type()'s text.
_SUGGESTED = (
    (r".*\[\]", "'{}'"),
    (r"smallint|integer|bigint|numeric|real|double precision|money|interval", "0"),
    (r"boolean", "false"),
    (r"uuid", "gen_random_uuid()"),
    (r"timestamp", "now()"),
    (r"date", "CURRENT_DATE"),
    (r"time", "'00:00'"),
    (r"jsonb?", "'{}'"),
    (r"(int4|int8|num|ts|tstz|date)(multi)?range", "'{}'"),
    (r"inet|cidr", "'0.0.0.0'"),
    (r"bit", "B'0'"),
)
# Stands in a plan that is only shown, for the value that a person would give.
OPEN_VALUE = "NULL /* a value for existing rows */"
_GIVEN = re.compile(r'(?P<column>(?:"(?:[^"]|"")*"|[^="])+)=(?P<expression>.*)', re.DOTALL)
_WORD = re.compile(r"[^\W\d][\w-]*( [\w-]+)*")


def question(column: Column, desired: Snapshot) -> ValueQuestion:
    """The question for a value of `column`, with an expression that its type takes."""
    return ValueQuestion(join_dotted(*column.identity), column.type, suggestion(column.type, desired))


def suggestion(type_: str, desired: Snapshot) -> str:
    """An expression of the type: of an enum its first value, of a domain what its base type takes."""
    for item in desired.of("enum"):
        if item.values and type_ in (qualified(*item.identity), f"{item.schema}.{item.name}", item.name):
            return literal(item.values[0])
    for item in desired.of("domain"):
        if type_ in (qualified(*item.identity), f"{item.schema}.{item.name}", item.name):
            return suggestion(item.type, desired)
    for pattern, expression in _SUGGESTED:
        if re.match(pattern, type_):
            return (
                "'empty'" if expression == "'{}'" and type_.endswith("range") and "multi" not in type_ else expression
            )
    return "''"


def demand_known(defaults: Iterable[str], current: Snapshot, desired: Snapshot) -> None:
    """Raises `WrongDefaultError` for a `--default` of a column that the change does not make or make NOT NULL."""
    takers = [join_dotted(*column.identity) for column in _takers(current, desired)]
    for name in defaults:
        if name in takers:
            continue
        there = desired.items.get(("column", split_dotted(name)))
        meant = None if there else _meant(name, takers)
        cause = (
            f"did you mean {meant}?"
            if meant
            else "it takes a default already"
            if there
            else "the models have no such column"
        )
        raise WrongDefaultError(
            f"--default {name}: this change needs no value for that column",
            cause=cause,
            next_step=_with(name, meant) if meant else _left_out(name),
            code="default-unmatched",
            column=name,
            data={"columns": takers},
        )


def _meant(name: str, takers: Sequence[str]) -> str | None:
    """A column of the same table whose own name is near; the table's name would make all of them alike."""
    *table, column = split_dotted(name)
    own = {split_dotted(taker)[-1]: taker for taker in takers if [*split_dotted(taker)[:-1]] == table}
    found = nearest(column, own)
    return own[found] if found else None


def _takers(current: Snapshot, desired: Snapshot) -> Iterator[Column]:
    """Columns that are new, or become NOT NULL, in tables that exist."""
    for column in desired.of("column"):
        old: Any = current.items.get(("column", column.identity))
        if old is None or (column.not_null and not old.not_null):
            yield column


def demand_usable(
    connection: psycopg.Connection[Any], defaults: Mapping[str, str], current: Snapshot, desired: Snapshot
) -> None:
    """Try each expression on the current database, on no row. Raises `WrongDefaultError` with what PostgreSQL says."""
    import psycopg

    for name, expression in defaults.items():
        identity = split_dotted(name)
        column: Any = desired.items.get(("column", identity))
        if expression == OPEN_VALUE or column is None or ("table", identity[:2]) not in current.items:
            continue
        # WHERE takes what UPDATE does: no aggregate, no window, no set.
        head = f"SELECT FROM {qualified(*identity[:2])} WHERE CAST(("
        statement = f"{head}{expression}) AS {column.type}) IS NULL LIMIT 0"
        try:
            with connection.transaction():
                connection.execute(statement.encode())
        except (psycopg.errors.UndefinedObject, psycopg.errors.InsufficientPrivilege):
            # A type or a right that only comes with the migration: the proof will tell.
            continue
        except psycopg.Error as error:
            quoted = _WORD.fullmatch(expression) is not None
            raise _unusable(name, expression, column.type, _cause(error, len(head), expression), quoted) from error
        _demand_kept(connection, name, expression, column)


def _demand_kept(connection: psycopg.Connection[Any], name: str, expression: str, column: Column) -> None:
    """Raises `WrongDefaultError` for what is NULL whatever the row, or another value once the column has it."""
    relation = qualified(column.schema, column.table)
    if column.not_null and folded.is_null(connection, relation, expression, column.type):
        raise _unusable(name, expression, column.type, "NULL is what the column does not take")
    if folded.is_rounded(connection, relation, expression, column.type):
        cause = f"{column.type} would hold another value, rounded or cut; write the one that is meant"
        raise _unusable(name, expression, column.type, cause)


def _cause(error: psycopg.Error, start: int, expression: str) -> str:
    """What PostgreSQL says of the expression, without the words of the statement that it stood in from `start` on."""
    from psycopg import errors

    said = (error.diag.message_primary or str(error)).strip()
    if not isinstance(error, errors.SyntaxError):
        return f"PostgreSQL: {said.removesuffix(' in WHERE')}"
    place = int(error.diag.statement_position or 0) - 1 - start
    what = re.sub(r" at (or near \".*\"|end of input)", "", said, flags=re.DOTALL)
    if what == "syntax error" and not 0 <= place < len(expression):
        return "it does not end as it began: a bracket, a quote or a comment is open, or closed too often"
    return f"PostgreSQL: {what} at: {expression[place:] if 0 <= place < len(expression) else expression}"


def _unusable(name: str, expression: str, type_: str, cause: str, quoted: bool = False) -> WrongDefaultError:
    """`quoted` says that the expression might be a text without its quotes."""
    if quoted:
        cause += "\na text is written in single quotes"
    return WrongDefaultError(
        f"--default {name}={expression} is not an expression of the type {type_}",
        cause=cause,
        next_step=_with(name, name, literal(expression)) if quoted else f"write an SQL expression of the type {type_}",
        code="default-unusable",
        column=name,
    )


def _with(name: str, meant: str, expression: str | None = None) -> str:
    """The running command with the option for `name` corrected."""
    words = list(command_line.typed_words() or ("inv", "schema-generate"))
    found = [_corrected_option(word, name, meant, expression) for word in words]
    if found == words:
        found += ["--default", f"{meant}={expression}" if expression else f"{meant}=''"]
    return command_line.join(*found)


def _left_out(name: str) -> str:
    """The running command without the option for `name`."""
    for value in (word.removeprefix("--default=") for word in command_line.typed_words() or ()):
        given = _GIVEN.fullmatch(value)
        if given and join_dotted(*split_dotted(given["column"].strip())) == name:
            return command_line.without("--default", value, "inv schema-generate")
    return "inv schema-generate"


def _corrected_option(word: str, name: str, meant: str, expression: str | None) -> str:
    option = "--default=" if word.startswith("--default=") else ""
    given = _GIVEN.fullmatch(word.removeprefix(option))
    if given is None or join_dotted(*split_dotted(given["column"].strip())) != name:
        return word
    return f"{option}{meant}={expression if expression is not None else given['expression']}"
