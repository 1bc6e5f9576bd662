"""Lifting a statement where it stands: in a DO block, or in a function that a statement calls.

supautils hooks ProcessUtility, so hosted Supabase lifts inside code too. Here the code is rewritten: a statement of such a kind
is replaced by the signed call that runs it, and an EXECUTE by a call that compares its text with those that were signed
(`supabase_tasks_run`, platform_sql/11_lift.sql). A DO block is rewritten as it is sent; a function only for the length of the
statement that calls it (`supabase_tasks_bend`), so that its definition stays the author's. Lines stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supabase_tasks.postgres import elevation, signing
from supabase_tasks.postgres.elevation import Lift, quoted

_DO = re.compile(elevation.LEADING + r"do\b", re.IGNORECASE | re.DOTALL)
# What the text of a block holds that lifts something, in a statement or in a string that it executes.
_INSIDE = re.compile(
    r"\b(?:create|alter|drop)\s+event\s+trigger\b|\b(?:create|alter|drop)\s+foreign\s+data\s+wrapper\b"
    r"|\bpublication\b.*?\btables\b|\balter\s+extension\b|\bcomment\s+on\s+extension\b|\bsecurity\s+label\b",
    re.IGNORECASE | re.DOTALL,
)
# The same of what is lifted only where PostgreSQL refuses it.
_INSIDE_REFUSED = re.compile(
    r"\balter\s+(?:role|user)\b[^;]*\bset\b|\b(?:policy|drop\s+trigger)\b[^;]*\bon\s+\"?(?:auth|storage|realtime)\"?\s*\.",
    re.IGNORECASE | re.DOTALL,
)
_HANDLER = re.compile(r"\bexception\b(?:\s|--[^\n]*\n|/\*.*?\*/)+when\b", re.IGNORECASE | re.DOTALL)
_OPENS = frozenset(("CREATE", "ALTER", "DROP", "COMMENT", "SECURITY"))
_BEFORE_STATEMENT = frozenset(("ASCII_59", "BEGIN_P", "THEN", "ELSE", "LOOP"))
_COMMENTS = frozenset(("SQL_COMMENT", "C_COMMENT"))
_ENDS_EXPRESSION = frozenset(("INTO", "USING"))
_LABEL_END = ">>"
_RUN = "pg_catalog.supabase_tasks_run"
_BEND = "pg_catalog.supabase_tasks_bend"


@dataclass(frozen=True, slots=True)
class Routine:
    """A function that a statement calls: its signature with its schema, its body, and whether that is in SQL."""

    signature: str
    body: str
    in_sql: bool


@dataclass(frozen=True, slots=True)
class Text:
    """A text that code executes, and how it is lifted; None when it runs as it is."""

    text: str
    lift: Lift | None


def may_hold(text: str, *, refused: bool = False) -> bool:
    """Whether code in `text` may hold something that is lifted; with `refused` also what mostly needs no lifting."""
    return _INSIDE.search(text) is not None or (refused and _INSIDE_REFUSED.search(text) is not None)


def handles_errors(text: str) -> bool:
    """Whether code in `text` has a handler that may keep a refusal to itself."""
    return _HANDLER.search(text) is not None


def block(statement: str, texts: Sequence[Text], key: bytes, *, learning: bool, everywhere: bool = False) -> str:
    """A DO block with what is lifted in it; any other statement as it is.

    `texts` are those that its EXECUTEs are known to run; with `learning` another one that is refused ends the block with an
    error that names it. `everywhere` also where nothing in its text shows that it lifts something. Where a handler would keep
    a refusal to itself, what mostly needs no lifting is lifted ahead, too.
    """
    if _DO.match(statement) is None:
        return statement
    unseen = handles_errors(statement)
    if not (everywhere or may_hold(statement, refused=unseen)):
        return statement
    body = _block_body(statement)
    if body is None:
        return statement
    code, start, end = body
    changed = rewritten(code, texts, key, learning=learning, refused=everywhere or unseen)
    if changed == code:
        return statement
    raw = statement.encode()
    return raw[:start].decode() + quoted(changed) + raw[end:].decode()


def with_rewritten_routines(
    statement: str, routines: Sequence[Routine], texts: Sequence[Text], key: bytes, *, learning: bool
) -> str:
    """`statement` in a DO block of ours, in which the functions that it calls are rewritten before and restored after it."""
    there, back = [], []
    for routine in routines:
        change = _rewrite_body(routine, texts, key, learning)
        there.append(_bend(routine.signature, routine.body, change, key))
        back.append(_bend(routine.signature, change, routine.body, key))
    lines = [*there, f"execute {quoted(statement)};", *back]
    code = "begin " + " ".join(lines) + " end"
    return f"do {quoted(code)}"


def _rewrite_body(routine: Routine, texts: Sequence[Text], key: bytes, learning: bool) -> str:
    if routine.in_sql:
        return sql_body(routine.body, key)
    return rewritten(routine.body, texts, key, learning=learning, refused=True)


def _bend(signature: str, old: str, new: str, key: bytes) -> str:
    parts = (signature, old, new)
    arguments = ", ".join(quoted(part) for part in (*parts, signing.sign(key, *parts)))
    return f"perform {_BEND}({arguments});"


def rewritten(code: str, texts: Sequence[Text], key: bytes, *, learning: bool, refused: bool) -> str:
    """PL/pgSQL with its lifted statements and its EXECUTEs replaced; where one was `refused`, also those that mostly need no
    lifting."""
    raw = code.encode()
    known = _array(texts, key)
    find = elevation.lifted_where_refused if refused else elevation.find_lift
    out, done = [], 0
    for start, end, statement in _statements(raw):
        if statement[0].name == "EXECUTE":
            new = _execute_call(raw, statement, known, learning)
        else:
            lift = find(raw[start:end].decode())
            # By EXECUTE, which leaves FOUND as it is.
            new = f"execute {quoted(elevation.call(lift, key))}" if lift is not None else None
        if new is None:
            continue
        new_bytes = new.encode()
        out += [raw[done:start], new_bytes]
        done = end
    return b"".join((*out, raw[done:])).decode()


def sql_body(code: str, key: bytes) -> str:
    """The same for the body of a function in SQL."""
    import postgast

    try:
        statements = list(postgast.split(code))
    except postgast.PgQueryError:
        return code
    for statement in statements:
        lift = elevation.lifted_where_refused(statement)
        if lift is not None:
            code = code.replace(statement, elevation.call(lift, key), 1)
    return code


@dataclass(frozen=True, slots=True)
class _Token:
    name: str
    start: int
    end: int
    text: str


def _tokens(raw: bytes) -> list[_Token]:
    import postgast
    from postgast import pg_query_pb2 as ast

    try:
        found = postgast.scan(raw.decode()).tokens
    except postgast.PgQueryError:
        return []
    named = (
        _Token(ast.Token.Name(item.token), item.start, item.end, raw[item.start : item.end].decode()) for item in found
    )
    return [token for token in named if token.name not in _COMMENTS]


def _statements(raw: bytes) -> Iterator[tuple[int, int, list[_Token]]]:
    """Where the statements of PL/pgSQL that may be lifted start and end, and their tokens."""
    tokens = _tokens(raw)
    for place, token in enumerate(tokens):
        begins = place == 0 or tokens[place - 1].name in _BEFORE_STATEMENT or tokens[place - 1].text == _LABEL_END
        if begins and (token.name == "EXECUTE" or token.text.upper() in _OPENS):
            rest = tokens[place:]
            end = next((index for index, item in enumerate(rest) if item.name == "ASCII_59"), 0)
            if end:
                yield token.start, rest[end - 1].end, rest[:end]


def _execute_call(raw: bytes, tokens: Sequence[_Token], known: str, learning: bool) -> str | None:
    depth, end = 0, len(tokens)
    for place, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if not depth and token.name in _ENDS_EXPRESSION:
            # A statement with a result, or with parameters, is none that is lifted.
            if token.name == "INTO":
                return None
            end = place
            break
    if end < 2:
        return None
    expression = raw[tokens[1].start : tokens[end - 1].end].decode()
    flag = "true" if learning else "false"
    return f"execute 'select {_RUN}($1, $2, {flag})' using ({expression})::pg_catalog.text, {known}"


def _array(texts: Sequence[Text], key: bytes) -> str:
    items = []
    for item in texts:
        parts = elevation.signed_parts(item.lift, key) if item.lift else (item.text, "", "", "", "")
        items += [quoted(part) for part in parts]
    return f"array[{', '.join(items)}]::pg_catalog.text[]" if items else "'{}'::pg_catalog.text[]"


def _block_body(statement: str) -> tuple[str, int, int] | None:
    """The code of a DO block in PL/pgSQL, and where in the statement (in bytes) its literal stands."""
    import postgast

    try:
        (found,) = postgast.parse(statement).stmts
    except (postgast.PgQueryError, ValueError):
        return None
    if found.stmt.WhichOneof("node") != "do_stmt":
        return None
    options = {item.def_elem.defname: item.def_elem.arg.string.sval for item in found.stmt.do_stmt.args}
    code = options.get("as", "")
    literals = [token for token in _tokens(statement.encode()) if token.name in ("SCONST", "USCONST")]
    if options.get("language", "plpgsql") != "plpgsql" or not literals or not code:
        return None
    literal = max(literals, key=lambda token: token.end - token.start)
    return code, literal.start, literal.end


def nth_statement(code: str, number: int) -> str | None:
    """The statement of that number (from 1) of a function in SQL."""
    import postgast

    try:
        statements = list(postgast.split(code))
    except postgast.PgQueryError:
        return None
    return statements[number - 1] if 0 < number <= len(statements) else None
