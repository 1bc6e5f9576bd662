"""A PL/pgSQL body as libpg_query's tree, with helpers to read it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from supabase_tasks.lint.bodies import declarations
from supabase_tasks.lint.bodies.declarations import RECORD, Variable
from supabase_tasks.lint.bodies.routines import Routine

# A node is JSON: one key naming its kind, over its fields.
Node = Mapping[str, Any]

# plpgsql_stmt_typename() of PostgreSQL's pl_funcs.c: what plpgsql_check calls a statement.
NAMES = {
    "assign": "assignment",
    "if": "IF",
    "case": "CASE",
    "loop": "LOOP",
    "while": "WHILE",
    "fori": "FOR with integer loop variable",
    "fors": "FOR over SELECT rows",
    "forc": "FOR over cursor",
    "foreach_a": "FOREACH over array",
    "exit": "EXIT",
    "return": "RETURN",
    "return_next": "RETURN NEXT",
    "return_query": "RETURN QUERY",
    "raise": "RAISE",
    "assert": "ASSERT",
    "execsql": "SQL statement",
    "dynexecute": "EXECUTE",
    "dynfors": "FOR over EXECUTE statement",
    "getdiag": "GET DIAGNOSTICS",
    "open": "OPEN",
    "fetch": "FETCH",
    "close": "CLOSE",
    "perform": "PERFORM",
    "call": "CALL",
    "block": "statement block",
}
_STATEMENT, _EXPRESSION = 0, 2
# What a trigger function sees without declaring it, and its type (PostgreSQL, "PL/pgSQL Trigger Functions").
TRIGGER_VARIABLES = {
    "tg_name": "name",
    "tg_when": "text",
    "tg_level": "text",
    "tg_op": "text",
    "tg_relid": "oid",
    "tg_relname": "name",
    "tg_table_name": "name",
    "tg_table_schema": "name",
    "tg_nargs": "integer",
    "tg_argv": "text[]",
    "tg_event": "text",
    "tg_tag": "text",
}
IMPLICIT_VARIABLES = {"found": "boolean", "sqlstate": "text", "sqlerrm": "text"}


def parse(
    routine: Routine, variables: Sequence[Variable], is_composite: Callable[[str], bool]
) -> tuple[Node, dict[str, Node]]:
    """The body's outermost block, and the queries of its bound cursors by their number in the tree.

    Raises postgast's error (`PgQueryError`) or `ValueError` when it cannot be parsed.
    """
    import postgast

    body = declarations.simplify(routine.body, variables, is_composite)
    quote = "$supabase_tasks_body$"
    signature = _signature(routine, is_composite)
    found = postgast.parse_plpgsql(f"CREATE FUNCTION f{signature} LANGUAGE plpgsql AS {quote}{body}{quote}")
    function = found[0]["PLpgSQL_function"]
    datums = [fields for datum in function["datums"] for fields in datum.values()]
    cursors = {str(i): one["cursor_explicit_expr"] for i, one in enumerate(datums) if "cursor_explicit_expr" in one}
    return function["action"]["PLpgSQL_stmt_block"], cursors


def _signature(routine: Routine, is_composite: Callable[[str], bool]) -> str:
    if routine.is_trigger or routine.returns == "event_trigger":
        texts = ", ".join(f"{name} text" for name in TRIGGER_VARIABLES)
        return f"(new {RECORD}, old {RECORD}, {texts}) RETURNS {RECORD if routine.is_trigger else 'void'}"
    parts = [
        f"{'IN' if one.goes_in else ''}{'OUT' if one.comes_out else ''} {quoted(one.name)}"
        f" {RECORD if is_composite(one.type) else 'text'}"
        for one in routine.arguments
    ]
    arguments = f"({', '.join(parts)})"
    if any(one.comes_out for one in routine.arguments):
        many = sum(one.comes_out for one in routine.arguments) > 1
        return arguments + (f" RETURNS SETOF {RECORD if many else 'text'}" if routine.returns_set else "")
    returns = "void" if routine.returns in ("void", "-") else RECORD if is_composite(routine.returns) else "text"
    return f"{arguments} RETURNS {'SETOF ' if routine.returns_set else ''}{returns}"


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"' if name else ""


def kind(node: Node) -> tuple[str, Node]:
    """A statement's kind without its prefix (`if`, `execsql`, …) and its fields."""
    ((name, fields),) = node.items()
    return name.removeprefix("PLpgSQL_stmt_").removeprefix("PLpgSQL_"), fields


def statement_of(expression: Node) -> tuple[str, int] | None:
    """An expression node as an SQL statement, and how many characters were put before its text (negative: cut off).

    An assignment (`x := …`, `x.y[1] = …`) is its right-hand side. None when there is nothing to ask about.
    """
    fields = expression["PLpgSQL_expr"]
    text, mode = str(fields["query"]), int(fields.get("parseMode", 0))
    if mode == _STATEMENT:
        return text, 0
    if mode == _EXPRESSION:
        return f"SELECT {text}", len("SELECT ")
    start = assignment_start(text)
    return None if start is None else (f"SELECT {text[start:]}", len("SELECT ") - start)


def assignment_start(text: str) -> int | None:
    """Where the right-hand side of an assignment begins."""
    depth = 0
    for token in declarations.tokens(text):
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(token.text, 0)
        if depth == 0 and token.text in (":=", "="):
            return token.end
    return None


def assigned_field(text: str) -> tuple[str, str] | None:
    """`(record, field)` of an assignment to a field: `new.updated_at := …`."""
    words = [token.text for token in declarations.tokens(text)[:4]]
    return (words[0], words[2]) if len(words) == 4 and words[1] == "." and words[3] in (":=", "=", "[", ".") else None


_IDENTIFIER = re.compile(r'"(?:[^"]|"")+"|[^\W\d][\w$]*')


def identifiers(text: str) -> set[str]:
    """Every word in `text` that could name a variable."""
    return {declarations.fold(word) for word in _IDENTIFIER.findall(text)}


def ends(statements: Sequence[Node]) -> bool:
    """Whether control never goes past the last of these statements: RETURN, RAISE, or branches that all end so."""
    real = [node for node in statements if not _added_by_the_parser(node)]
    return bool(real) and _ends(*kind(real[-1]))


def _added_by_the_parser(node: Node) -> bool:
    name, fields = kind(node)
    return name == "return" and "lineno" not in fields


def _ends(name: str, fields: Node) -> bool:
    if name == "return":
        return True
    if name == "raise":
        # elog_level ERROR is 21 (elog.h); it is what RAISE without a level, and RAISE alone, mean.
        return int(fields.get("elog_level", 21)) >= 21
    if name == "if":
        return _all_end([fields.get("then_body", []), *_elsifs(fields), fields.get("else_body", [])])
    if name == "case":
        whens = [kind(one)[1].get("stmts", []) for one in fields.get("case_when_list", [])]
        return _all_end([*whens, *([fields.get("else_stmts", [])] if fields.get("have_else") else [])])
    if name == "block":
        return _all_end([fields.get("body", []), *handlers(fields)])
    # An endless loop ends by RETURN, or by an EXIT that would have to be followed: taken for ending.
    return name == "loop"


def _all_end(branches: Sequence[Sequence[Node]]) -> bool:
    return all(ends(branch) for branch in branches)


def _elsifs(fields: Node) -> list[Sequence[Node]]:
    return [kind(one)[1].get("stmts", []) for one in fields.get("elsif_list", [])]


def handlers(fields: Node) -> list[Sequence[Node]]:
    """The statements of each exception handler of a block."""
    block = fields.get("exceptions", {}).get("PLpgSQL_exception_block", {})
    return [kind(one)[1].get("action", []) for one in block.get("exc_list", [])]
