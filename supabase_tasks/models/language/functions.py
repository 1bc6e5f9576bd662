"""Functions, procedures, aggregates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, Literal

from sqlalchemy import func
from sqlalchemy.sql.functions import Function as SqlFunction

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import dollar_quoted, ident, qualified
from supabase_tasks.models.language.base import wrong
from supabase_tasks.models.language.grants import Grantable, Target
from supabase_tasks.models.language.words import Ahead, Phase, Word, qualified_name, register_word
from supabase_tasks.sql_text import literal

Volatility = Literal["immutable", "stable", "volatile"]
Parallel = Literal["safe", "restricted", "unsafe"]


@dataclass(frozen=True, eq=False, kw_only=True)
class Routine(Grantable):
    """What functions and procedures share.

    `search_path` is empty unless said otherwise, so that a caller cannot slip other objects under the body's names;
    `None` leaves it to the caller. `config` sets further parameters for the call. `security="definer"` runs it
    with its owner's rights. A `body` that starts with `begin atomic` or `return` is standard SQL, parsed at creation.
    """

    schema: str = "public"
    args: str = ""
    language: str = "sql"
    security: Literal["invoker", "definer"] = "invoker"
    search_path: str | None = ""
    config: Mapping[str, str] = field(default_factory=dict)

    @property
    def identity(self) -> Identity:
        return (self.schema, self._name, ", ".join(argument_types(self.args, self._place())))

    @property
    def reference(self) -> str:
        """`schema.name(argument types)`, as ALTER and GRANT name it."""
        return f"{qualified(self.schema, self._name)}({self.identity[2]})"

    @property
    def target(self) -> Target:
        return (self.kind, self.reference, self.identity)

    @property
    def on_clause(self) -> str:
        return f"{self.kind} {self.reference}"

    @property
    def _name(self) -> str:
        return str(self.name)  # type: ignore[attr-defined]

    def _place(self) -> str:
        return f"{self.origin}: " if self.origin else ""

    def _settings(self) -> list[str]:
        definer = ["security definer"] if self.security == "definer" else []
        path = [] if self.search_path is None else [f"set search_path = {self.search_path or literal('')}"]
        return definer + path + [f"set {name} = {literal(value)}" for name, value in self.config.items()]

    def _definition(self, body: str) -> str:
        standard = body.strip().lower().startswith(("begin atomic", "return "))
        return body.strip() if standard else f"as {dollar_quoted(body)}"


@dataclass(frozen=True, eq=False)
class Function(Routine):
    """CREATE FUNCTION.

    `args` and `returns` are SQL: `args="project uuid, wanted member_role default 'viewer'"`, `returns="boolean"`,
    `"setof app.t"`, `"table (id uuid, n bigint)"`. Calling the declaration gives a SQLAlchemy expression for policies
    and queries: `is_member(t.c.organization_id)`.
    """

    name: str
    body: str
    returns: str = "void"
    volatility: Volatility = "volatile"
    strict: bool = False
    leakproof: bool = False
    window: bool = False
    parallel: Parallel = "unsafe"
    cost: float | None = None
    rows: float | None = None
    support: str | None = None

    @property
    def kind(self) -> str:
        return "function"

    # SQLAlchemy's expression types are open: any column or value may be an argument.
    def __call__(self, *arguments: Any) -> SqlFunction[Any]:
        return getattr(getattr(func, self.schema), self.name)(*arguments)  # type: ignore[no-any-return]

    def statements(self) -> list[str]:
        lines = [
            f"create or replace function {qualified(self.schema, self.name)}({self.args})",
            f"returns {self.returns}",
            f"language {self.language}",
            *self._attributes(),
            *self._settings(),
            self._definition(self.body),
        ]
        return ["\n".join(lines)]

    def _attributes(self) -> list[str]:
        words = {
            self.volatility: self.volatility != "volatile",
            "strict": self.strict,
            "leakproof": self.leakproof,
            "window": self.window,
            f"parallel {self.parallel}": self.parallel != "unsafe",
            f"cost {self.cost}": self.cost is not None,
            f"rows {self.rows}": self.rows is not None,
            f"support {self.support}": self.support is not None,
        }
        return [word for word, said in words.items() if said]


@dataclass(frozen=True, eq=False)
class Procedure(Routine):
    """CREATE PROCEDURE. A procedure that ends transactions itself needs `search_path=None`."""

    name: str
    body: str

    @property
    def kind(self) -> str:
        return "procedure"

    def statements(self) -> list[str]:
        lines = [
            f"create or replace procedure {qualified(self.schema, self.name)}({self.args})",
            f"language {self.language}",
            *self._settings(),
            self._definition(self.body),
        ]
        return ["\n".join(lines)]


@dataclass(frozen=True, eq=False)
class Aggregate(Grantable):
    """CREATE AGGREGATE: `sfunc` and `finalfunc` are schema-qualified names; `options` any further ones, as SQL."""

    name: str
    args: str
    sfunc: str
    stype: str
    finalfunc: str | None = None
    initcond: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    schema: str = "public"

    @property
    def kind(self) -> str:
        return "aggregate"

    @property
    def identity(self) -> Identity:
        place = f"{self.origin}: " if self.origin else ""
        return (self.schema, self.name, ", ".join(argument_types(self.args, place)) if self.args != "*" else "*")

    @property
    def target(self) -> Target:
        return ("function", f"{qualified(self.schema, self.name)}({self.identity[2]})", self.identity)

    @property
    def on_clause(self) -> str:
        return f"aggregate {qualified(self.schema, self.name)}({self.identity[2]})"

    def statements(self) -> list[str]:
        options = {"sfunc": self.sfunc, "stype": self.stype}
        if self.finalfunc is not None:
            options["finalfunc"] = self.finalfunc
        if self.initcond is not None:
            options["initcond"] = literal(self.initcond)
        listed = ",\n".join(f"  {name} = {value}" for name, value in {**options, **self.options}.items())
        return [f"create or replace aggregate {qualified(self.schema, self.name)}({self.args}) (\n{listed}\n)"]


@cache
def argument_types(args: str, place: str = "") -> tuple[str, ...]:
    """The input types of an argument list, as PostgreSQL's `format_type` writes built-in ones.

    Raises `ModelsError` (beginning with `place`, `file:line: `) when the list does not parse.
    """
    if not args.strip():
        return ()
    import postgast

    try:
        tree = postgast.parse(f"create function f({args}) returns void language sql as ''")
    except postgast.PgQueryError as error:
        raise wrong(None, f"{place}the arguments ({args}) do not parse: {error}") from error
    return parameter_types(tree.stmts[0].stmt.create_function_stmt.parameters)


# Parse tree nodes are protobuf messages without type stubs.
def parameter_types(parameters: Any) -> tuple[str, ...]:
    """The input types of a parsed parameter list."""
    return tuple(_type_name(p.function_parameter) for p in parameters if _is_input(p.function_parameter.mode))


# FunctionParameterMode of PostgreSQL's parse tree: IN, INOUT, VARIADIC and "not said" identify a function.
_OUTPUT_MODES = ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE")

_FORMATTED = {
    "int2": "smallint",
    "int4": "integer",
    "int8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "varchar": "character varying",
    "bpchar": "character",
    "timestamptz": "timestamp with time zone",
    "timestamp": "timestamp without time zone",
    "timetz": "time with time zone",
    "time": "time without time zone",
    "varbit": "bit varying",
}


def _is_input(mode: int) -> bool:
    from postgast import pg_query_pb2

    return pg_query_pb2.FunctionParameterMode.Name(mode) not in _OUTPUT_MODES


def _type_name(parameter: Any) -> str:
    type_ = parameter.arg_type
    names = [name.string.sval for name in type_.names]
    if names[0] == "pg_catalog" or len(names) == 1:
        shown = _FORMATTED.get(names[-1], ident(names[-1]))
    else:
        shown = ".".join(ident(name) for name in names)
    return shown + "[]" * bool(type_.array_bounds)


def _routine(statement: Any) -> Identity:
    return (*qualified_name(statement.funcname), ", ".join(parameter_types(statement.parameters)))


def _function(statement: Any) -> Identity | None:
    return None if statement.is_procedure else _routine(statement)


def _procedure(statement: Any) -> Identity | None:
    return _routine(statement) if statement.is_procedure else None


def _aggregate(statement: Any) -> Identity | None:
    from postgast import pg_query_pb2

    if pg_query_pb2.ObjectType.Name(statement.kind) != "OBJECT_AGGREGATE":
        return None
    # The arguments are a list of parameters and the number of direct ones.
    parameters = statement.args[0].list.items if statement.args else []
    return (*qualified_name(statement.defnames), ", ".join(parameter_types(parameters)) or "*")


# What PostgreSQL calls by its arguments' types as well.
_routine_word = partial(Word, space="routine", implies_schema=True, named=True, drawn="by itself")
_EXECUTE = ("execute",)
_FUNCTION, _PROCEDURE = {"create_function_stmt": _function}, {"create_function_stmt": _procedure}
register_word(_routine_word("function", Phase.EARLY_FUNCTION, sql=_FUNCTION, ahead=Ahead.RUN, privileges=_EXECUTE))
register_word(
    _routine_word("procedure", Phase.LATE_FUNCTION, sql=_PROCEDURE, ahead=Ahead.OVERTAKEN, privileges=_EXECUTE)
)
register_word(_routine_word("aggregate", Phase.AGGREGATE, sql={"define_stmt": _aggregate}, ahead=Ahead.OVERTAKEN))
