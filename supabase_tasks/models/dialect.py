"""SQL text from SQLAlchemy: no driver, every value as a literal, every name with its schema."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import literal_column, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import CompileError

from supabase_tasks.sql_text import quoted_identifier

if TYPE_CHECKING:
    from sqlalchemy import BindParameter, Select, Table
    from sqlalchemy.engine import Dialect
    from sqlalchemy.sql import ClauseElement
    from sqlalchemy.sql.compiler import IdentifierPreparer, SQLCompiler
    from sqlalchemy.sql.ddl import ExecutableDDLElement
    from sqlalchemy.types import TypeEngine

DEFAULT_SCHEMA = "public"
# Tables without a schema live in public: naming it keeps the text right under any search_path.
_TRANSLATE = {None: DEFAULT_SCHEMA}


class UnboundParameterError(CompileError):
    """The parameter `key` of an SQL text has no value."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@cache
def text_dialect() -> Dialect:
    """The dialect for text: the `named` parameter style is the one that does not double percent signs."""
    made: Dialect = postgresql.dialect(paramstyle="named")  # type: ignore[no-untyped-call]
    made.statement_compiler = _compiler(made.statement_compiler)
    return made


def _compiler(base: type[SQLCompiler]) -> type[SQLCompiler]:
    """A compiler that refuses what SQLAlchemy's own writes as NULL: a parameter that nothing gave a value."""

    class Strict(base):  # type: ignore[misc,valid-type]
        # SQLAlchemy's hook: it calls with keywords that differ from release to release.
        def render_literal_bindparam(self, bindparam: BindParameter[Any], *given: Any, **options: Any) -> str:
            unknown = bindparam.required and bindparam.value is None and bindparam.callable is None
            if unknown and not given and "render_literal_value" not in options:
                raise UnboundParameterError(
                    bindparam.key,
                    f"SQLAlchemy takes :{bindparam.key} in SQL text for a parameter, and nothing gives it a value; a colon"
                    f" that is text is written '\\\\:{bindparam.key}' in Python",
                )
            text: str = super().render_literal_bindparam(bindparam, *given, **options)
            return text

    return Strict


def forget() -> None:
    """Make a new dialect next time: it keeps something of every type it has met, 6 MB after a thousand tables."""
    text_dialect.cache_clear()
    _preparer.cache_clear()


@cache
def _preparer() -> IdentifierPreparer:
    return text_dialect().identifier_preparer


def ident(name: str) -> str:
    """`name` as an SQL identifier, quoted where it must be."""
    # SQLAlchemy takes a name that ends with a line break for a plain one.
    return quoted_identifier(name) if name.endswith("\n") else _preparer().quote(str(name))


def idents(names: object) -> str:
    """Identifiers separated by commas; takes one name or several."""
    several = [names] if isinstance(names, str) else list(names)  # type: ignore[call-overload]
    return ", ".join(ident(name) for name in several)


def qualified(schema: str | None, name: str) -> str:
    """`schema.name`, `public` for None."""
    return f"{ident(schema or DEFAULT_SCHEMA)}.{ident(name)}"


def dollar_quoted(body: str) -> str:
    """`body` in dollar quotes whose tag does not occur in it."""
    tag = ""
    while f"${tag}$" in body or (not tag and re.search(r"\$\s*$", body)):
        tag += "body" if not tag else "_"
    return f"${tag}${body}${tag}$"


def compile_sql(element: ClauseElement, **options: bool) -> str:
    """A statement or expression as text: literals instead of parameters, schemas spelled out."""
    text = element.compile(
        dialect=text_dialect(),
        compile_kwargs={"literal_binds": True, **options},
        schema_translate_map=_TRANSLATE,
        render_schema_translate=True,
    )
    return str(text).strip()


def statement_text(element: ExecutableDDLElement) -> str:
    """A DDL element as text, schemas spelled out, without a semicolon."""
    text = element.compile(dialect=text_dialect(), schema_translate_map=_TRANSLATE, render_schema_translate=True)
    return str(text).strip()


def type_text(type_: TypeEngine[object] | type[TypeEngine[object]] | str) -> str:
    """A column type as SQL; text passes through."""
    if isinstance(type_, str):
        return type_
    from sqlalchemy import Column, MetaData, Table
    from sqlalchemy.schema import CreateColumn

    # A column inside a table is the only public way to a type's text that knows schema translation.
    column: Column[object] = Column("c", type_)
    Table("t", MetaData(), column)
    return compile_sql(CreateColumn(column)).removeprefix("c ")


def condition(expression: ClauseElement, table: Table | None) -> str:
    """A condition over the columns of `table`, as a policy or a trigger's WHEN holds it.

    Without a subquery the columns stand alone. With one they carry their table, and the condition is compiled inside
    a SELECT from it: otherwise SQLAlchemy would add the table to the subquery's FROM and so compare with every row.
    Raises `ValueError` for a subquery in a subquery where SQLAlchemy does that all the same.
    """
    if not _has_subquery(expression):
        return compile_sql(expression, include_table=False)
    if table is None:
        return compile_sql(expression)
    _refuse_uncorrelated(expression, table)
    outer: Select[Any] = select(literal_column("1")).select_from(table)
    prefix = compile_sql(outer)
    return compile_sql(outer.where(expression)).removeprefix(prefix).strip().removeprefix("WHERE").strip()  # type: ignore[arg-type]


def _refuse_uncorrelated(expression: ClauseElement, table: Table) -> None:
    # SQLAlchemy correlates with the next SELECT outwards only; two levels down the policy would let everybody in.
    from sqlalchemy.sql import visitors
    from sqlalchemy.sql.selectable import Select as AnySelect

    for outer in visitors.iterate(expression):
        if not isinstance(outer, AnySelect):
            continue
        for inner in visitors.iterate(outer):
            if inner is outer or not isinstance(inner, AnySelect) or inner._correlate:
                continue
            sources = inner.get_final_froms()
            if table in sources and len(sources) > 1:
                raise ValueError(
                    f"a subquery in a subquery reads all of {table.name}: say .correlate(t) for the row in question,"
                    " or use an alias for any row"
                )


def _has_subquery(expression: ClauseElement) -> bool:
    from sqlalchemy.sql import visitors
    from sqlalchemy.sql.selectable import SelectBase

    return any(isinstance(element, SelectBase) for element in visitors.iterate(expression))
