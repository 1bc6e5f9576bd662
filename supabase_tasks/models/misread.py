"""What a table says and PostgreSQL would take for something else, refused before it is sent."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from supabase_tasks.models import text_places
from supabase_tasks.models.declaration import Origin, Statement
from supabase_tasks.models.language.base import schema_of, wrong

if TYPE_CHECKING:
    from sqlalchemy import Column, Table

# Texts that PostgreSQL takes for the present moment when it reads them
# (https://www.postgresql.org/docs/17/datatype-datetime.html#DATATYPE-DATETIME-SPECIAL-TABLE); the parentheses are nothing to it.
_MOMENT = r"(?:now|today|tomorrow|yesterday)\W*"
# Calls in quotes: the first two kinds of column refuse them with an error that names no line.
_CALL = r"(?:current_timestamp|current_date|current_time|localtimestamp|localtime|\w+\s*\(.*\))(?:\(\d*\))?\W*"
_QUOTED = re.compile(rf"\s*(?:{_MOMENT}|{_CALL})", re.IGNORECASE)
_CONSTANT = re.compile(rf"[(\s]*'\s*{_MOMENT}'[)\s]*(?P<cast>::.*)?", re.IGNORECASE | re.DOTALL)
_WRITTEN = rf"(?<!')'\s*{_MOMENT}'"
_TIME = r"(?:timestamp(?:tz)?|date|time(?:tz)?)\b"
# The same with its type, anywhere in a statement: PostgreSQL keeps the value in a check, a policy or a view.
_TYPED = re.compile(
    rf"{_WRITTEN}\s*::\s*(?:{_TIME})|\bcast\s*\(\s*{_WRITTEN}\s+as\s+{_TIME}"
    rf"|\b{_TIME}(?:\s*\(\d\))?(?:\s+with(?:out)?\s+time\s+zone)?\s+{_WRITTEN}",
    re.IGNORECASE,
)
# A fiftieth of the time of the former, which every statement of the models is searched for.
_PERHAPS = re.compile(rf"'\s*{_MOMENT}'", re.IGNORECASE)
_CAST = re.compile(r"::\s*(?:timestamp|date\b|time\b|timetz|interval)", re.IGNORECASE)


def refuse_misread(table: Table, origin: Origin | None) -> None:
    """Raises `ModelsError` for a default that is a text where a call is meant: the first is computed once, when the
    migration is written, and never equals itself again."""
    for column in table.columns:
        default = _server_default(column)
        if default is None:
            continue
        text, quoted = default
        if _is_misread(column, text, quoted):
            name = ".".join((schema_of(table), table.name, column.name))
            raise wrong(
                origin and text_places.line_of_text(origin, text),
                f"the default {text!r} of {name} is a text, which PostgreSQL reads once, when the migration is made",
                f"write the call instead of its text: server_default=sa.text({_meant(text)!r})",
            )


def refuse_moment(statement: Statement) -> None:
    """Raises `ModelsError` for a statement with a moment as a text of its type; code in dollar quotes reads it when it runs."""
    sql = statement.sql
    found = _TYPED.search(sql) if "$" not in sql and _PERHAPS.search(sql) else None
    if found is None:
        return
    origin = statement.origin
    word = re.search(_MOMENT, found[0].lower())
    raise wrong(
        origin and text_places.line_of_position(origin, sql, found.start() + 1),
        f"{found[0]} is a text that PostgreSQL reads once, when the migration is made",
        f"write the call instead of the text: {_meant(word[0] if word else '')}",
    )


def _meant(text: str) -> str:
    bare = re.sub(r"::.*|'", "", text, flags=re.DOTALL).strip()
    word = bare.strip("() ").lower()
    return {
        "now": "now()",
        "today": "current_date",
        "tomorrow": "current_date + 1",
        "yesterday": "current_date - 1",
    }.get(word, bare)


def _server_default(column: Column[Any]) -> tuple[str, bool] | None:
    """The text of a default, and whether SQLAlchemy will put it in quotes."""
    found = getattr(column.server_default, "arg", None)
    if isinstance(found, str):
        return found, True
    text = getattr(found, "text", None)
    return (text, False) if isinstance(text, str) else None


def _is_misread(column: Column[Any], text: str, quoted: bool) -> bool:
    if quoted:
        return _holds_no_text(column) and _QUOTED.fullmatch(text) is not None
    found = _CONSTANT.fullmatch(text)
    return found is not None and (
        _is_temporal(column) if found["cast"] is None else _CAST.match(found["cast"]) is not None
    )


def _type_of(column: Column[Any]) -> Any:
    from supabase_tasks.models.dialect import text_dialect

    implementation = column.type.dialect_impl(text_dialect())
    return getattr(implementation, "impl_instance", implementation)


def _is_temporal(column: Column[Any]) -> bool:
    from sqlalchemy import Date, DateTime, Interval, Time

    return isinstance(_type_of(column), DateTime | Date | Time | Interval)


def _holds_no_text(column: Column[Any]) -> bool:
    """Whether no value of the column looks like a call, and a call is what its default mostly is."""
    from sqlalchemy import Uuid

    return _is_temporal(column) or isinstance(_type_of(column), Uuid)
