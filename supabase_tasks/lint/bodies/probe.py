"""PostgreSQL as the judge: does this statement, with these variables, resolve?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

_QUOTE = "$supabase_tasks_probe$"
# CALL with output arguments and the like: fine in PL/pgSQL, not supported in an SQL function.
_NOT_SUPPORTED = "0A000"


@dataclass(frozen=True, slots=True)
class Problem:
    """What PostgreSQL said; `position` is 1-based in the statement that was asked about."""

    message: str
    sqlstate: str
    position: int | None
    hint: str | None
    detail: str | None
    context: str | None


class Probe:
    """Asks one connection, which is inside a transaction that its owner rolls back."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._mark()
        self._types: dict[tuple[tuple[str, str], ...], str] = {}
        self._composite: dict[str, bool] = {}

    def use_search_path(self, path: str | None, default: str) -> None:
        """Resolve names as the function will: by its own `SET search_path`, else by `default`."""
        self._connection.execute("SELECT pg_catalog.set_config('search_path', %s, true)", [path or default])
        self._mark()

    def validate(self, oid: int, language: str) -> Problem | None:
        """The language's own validator: compiles a PL/pgSQL body, analyses an SQL one completely."""
        name = "plpgsql_validator" if language == "plpgsql" else "fmgr_sql_validator"
        return self._attempt(f"SELECT pg_catalog.{name}({oid})", 0)

    def statement(self, text: str, arguments: Sequence[tuple[str, str]], name: str = "probe") -> Problem | None:
        """What is wrong with the SQL statement `text`, with `arguments` (name, type as SQL) as its variables.

        `name` is the function's own: `name.argument` then means what it means in its body.
        """
        function = f"pg_temp.{quoted(name)}"
        head = f"CREATE FUNCTION {function}({_parameters(arguments)}) RETURNS void LANGUAGE sql AS {_QUOTE}"
        problem = self._try_once(f"{head}{text}{_QUOTE}; DROP FUNCTION {function}", len(head))
        return None if problem is not None and problem.sqlstate == _NOT_SUPPORTED else problem

    def columns(self, query: str, variables: Mapping[str, str]) -> tuple[tuple[str, str], ...] | None:
        """Names and types of the columns that a SELECT returns, or None when it is none or does not resolve."""
        rows = {name: type_ for name, type_ in variables.items() if self.is_composite(type_)}
        scalars = [f"NULL::{type_} AS {quoted(name)}" for name, type_ in variables.items() if name not in rows]
        sources = [f"(SELECT {', '.join(scalars)}) AS variables"] if scalars else []
        sources += [f"(SELECT (NULL::{type_}).*) AS {quoted(name)}" for name, type_ in rows.items()]
        lateral = f"LATERAL ({query.rstrip().rstrip(';')}) AS result"
        return self._describe(f"SELECT result.* FROM {', '.join([*sources, lateral])}")

    def composite(self, columns: Sequence[tuple[str, str]]) -> str:
        """The name of a temporary composite type with these columns."""
        key = tuple(columns)
        if key not in self._types:
            name = f"pg_temp.supabase_tasks_row_{len(self._types)}"
            listed, seen = [], set[str]()
            for column, type_ in columns:
                if column not in seen:
                    seen.add(column)
                    listed.append(f"{quoted(column)} {type_}")
            self._connection.execute(f"CREATE TYPE {name} AS ({', '.join(listed)})".encode())
            self._types[key] = name
            self._mark()
        return self._types[key]

    def is_composite(self, type_: str) -> bool:
        """Whether a type as written in a DECLARE section is a row: `record`, `%ROWTYPE`, a table or composite type."""
        lowered = type_.lower().replace(" ", "")
        if lowered == "record" or lowered.endswith("%rowtype"):
            return True
        if "%" in lowered or "[" in lowered or lowered.endswith("array"):
            return False
        if type_ not in self._composite:
            found = self._connection.execute(
                "SELECT typtype = 'c' FROM pg_catalog.pg_type WHERE oid = pg_catalog.to_regtype(%s)", [type_]
            ).fetchone()
            self._composite[type_] = bool(found and found[0])
        return self._composite[type_]

    def transition_tables(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Make what a trigger function sees by `REFERENCING NEW TABLE AS name`."""
        for name, table in pairs:
            self._attempt(f"CREATE TEMP TABLE IF NOT EXISTS {quoted(name)} (LIKE {table})", 0, keep=True)
        self._mark()

    def _describe(self, query: str) -> tuple[tuple[str, str], ...] | None:
        import psycopg

        raw = self._connection.pgconn
        with self._savepoint():
            prepared = raw.prepare(b"", query.encode())
            if prepared.status != psycopg.pq.ExecStatus.COMMAND_OK:
                return None
            result = raw.describe_prepared(b"")
            columns = [(result.fname(i) or b"", result.ftype(i), result.fmod(i)) for i in range(result.nfields)]
        named = []
        for name, oid, modifier in columns:
            row = self._connection.execute(
                "SELECT pg_catalog.format_type(%s::oid, %s::int)", [oid, modifier]
            ).fetchone()
            type_ = row[0] if row else "text"
            named.append((name.decode(), "text" if type_ in ("void", "unknown", "record") else type_))
        return tuple(named)

    def _mark(self) -> None:
        # What a failing statement falls back to. One round trip for a statement that is right, two for a wrong one.
        self._connection.execute("SAVEPOINT supabase_tasks_probe")

    def _try_once(self, statements: str, offset: int) -> Problem | None:
        import psycopg

        try:
            self._connection.execute(statements.encode())
        except psycopg.Error as error:
            self._connection.execute("ROLLBACK TO SAVEPOINT supabase_tasks_probe")
            return _problem(error, offset)
        return None

    def _attempt(self, statement: str, offset: int, *, keep: bool = False) -> Problem | None:
        import psycopg

        try:
            with self._savepoint(keep=keep):
                self._connection.execute(statement.encode())
        except psycopg.Error as error:
            return _problem(error, offset)
        return None

    # psycopg's own context manager for a savepoint.
    def _savepoint(self, *, keep: bool = False) -> Any:
        return self._connection.transaction(force_rollback=not keep)


def _problem(error: psycopg.Error, offset: int) -> Problem:
    said = error.diag
    position = int(said.statement_position) - offset if said.statement_position else None
    if said.internal_position:
        position = int(said.internal_position)
    return Problem(
        message=said.message_primary or str(error),
        sqlstate=said.sqlstate or "XX000",
        position=position if position is not None and position > 0 else None,
        hint=said.message_hint,
        detail=said.message_detail,
        context=said.context,
    )


def _parameters(arguments: Sequence[tuple[str, str]]) -> str:
    return ", ".join(f"{quoted(name)} {type_}" if name else type_ for name, type_ in arguments)


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
