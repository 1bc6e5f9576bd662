"""Views and materialized views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from supabase_tasks.models.declaration import Declaration, Identity
from supabase_tasks.models.dialect import ident, idents, qualified
from supabase_tasks.models.language.base import DeclarationBase, expression_text
from supabase_tasks.models.language.grants import SchemaObject
from supabase_tasks.models.language.words import Ahead, Phase, Word, register_word, relation_name

if TYPE_CHECKING:
    from sqlalchemy.sql.selectable import SelectBase

Query: TypeAlias = "str | SelectBase | Callable[[], Any]"


def _query_text(query: Query, item: DeclarationBase) -> str:
    value = query if isinstance(query, str) or hasattr(query, "compile") else query()
    text = expression_text(value, None, item.origin).rstrip(";").rstrip()
    return text if isinstance(value, str) else _in_lines(text)


def _in_lines(query: str) -> str:
    """A query that SQLAlchemy wrote on one line, laid out to be reviewed."""
    import postgast

    return str(postgast.format_sql(query)).rstrip().rstrip(";")


def _creation(view: View | MaterializedView, options: Sequence[str]) -> str:
    columns = f" ({idents(view.columns)})" if view.columns else ""
    shown = f"\n  with ({', '.join(options)})" if options else ""
    head = f"create {view.word} {qualified(view.schema, view.name)}{columns}{shown} as"
    return f"{head}\n{_query_text(view.query, view)}"


@dataclass(frozen=True, eq=False)
class View(SchemaObject):
    """CREATE VIEW.

    `query` is SQL text, a `select(…)`, or a callable that returns one. `security_invoker` is on by default: the
    reader's row level security applies; without it a view reads with its owner's rights, past every policy.
    """

    word = "view"
    grant_word = "table"
    name: str
    query: Query
    schema: str = "public"
    columns: Sequence[str] = ()
    security_invoker: bool = True
    security_barrier: bool = False
    check_option: Literal["local", "cascaded"] | None = None

    @property
    def kind(self) -> str:
        return "view"

    def statements(self) -> list[str]:
        options = [
            *(["security_invoker = true"] if self.security_invoker else []),
            *(["security_barrier = true"] if self.security_barrier else []),
            *([f"check_option = {self.check_option}"] if self.check_option else []),
        ]
        return [_creation(self, options)]


@dataclass(frozen=True, eq=False)
class ViewIndex(DeclarationBase):
    """An index of a materialized view: `columns` are names or SQL expressions in parentheses."""

    name: str
    columns: Sequence[str]
    unique: bool = False
    method: str = "btree"
    include: Sequence[str] = ()
    where: str | None = None
    view: MaterializedView | None = field(default=None, repr=False)

    @property
    def kind(self) -> str:
        return "index"

    @property
    def identity(self) -> Identity:
        return (self.view.schema if self.view else "public", self.name)

    @property
    def on_clause(self) -> str:
        return f"index {qualified(*self.identity)}"

    def statements(self) -> list[str]:
        assert self.view is not None
        unique = "unique " if self.unique else ""
        include = f" include ({idents(self.include)})" if self.include else ""
        where = f" where {self.where}" if self.where else ""
        columns = ", ".join(name if not name.isidentifier() else ident(name) for name in self.columns)
        on = qualified(self.view.schema, self.view.name)
        return [f"create {unique}index {ident(self.name)} on {on} using {self.method} ({columns}){include}{where}"]


@dataclass(frozen=True, eq=False)
class MaterializedView(SchemaObject):
    """CREATE MATERIALIZED VIEW with its indexes. A unique index allows REFRESH … CONCURRENTLY.

    PostgreSQL has no row level security for it: any role with a grant reads every row.
    """

    word = "materialized view"
    grant_word = "table"
    name: str
    query: Query
    schema: str = "public"
    columns: Sequence[str] = ()
    indexes: Sequence[ViewIndex] = ()
    storage: Mapping[str, object] = field(default_factory=dict)
    with_data: bool = True

    @property
    def kind(self) -> str:
        return "materialized_view"

    def parts(self) -> list[Declaration]:
        from dataclasses import replace

        indexes = [replace(index, view=self) for index in self.indexes]
        return [*super().parts(), *indexes, *(part for index in indexes for part in index.parts())]

    def statements(self) -> list[str]:
        options = [f"{name} = {value}" for name, value in self.storage.items()]
        return [_creation(self, options) + ("" if self.with_data else "\nwith no data")]


def _materialized_view(statement: Any) -> Identity | None:
    from postgast import pg_query_pb2

    materialized = pg_query_pb2.ObjectType.Name(statement.objtype) == "OBJECT_MATVIEW"
    return relation_name(statement.into.rel) if materialized else None


register_word(
    Word(
        "view",
        Phase.VIEW,
        space="relation",
        implies_schema=True,
        sql={"view_stmt": lambda s: relation_name(s.view)},
        ahead=Ahead.OVERTAKEN,
        named=True,
        drawn="by itself",
    )
)
register_word(
    Word(
        "materialized_view",
        Phase.VIEW,
        space="relation",
        implies_schema=True,
        sql={"create_table_as_stmt": _materialized_view},
        ahead=Ahead.OVERTAKEN,
        named=True,
        drawn="by itself",
        noun="materialized view",
    )
)
