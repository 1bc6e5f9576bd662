"""What keeps a migration from being one transaction when the Supabase CLI applies it.

The CLI sends a file's statements and the history row in one pipeline, which PostgreSQL treats as one transaction. It does
something else for a file that begins with its directive, for statements that it takes for transaction control (each
is then sent by itself) and for those that it takes for unfit for a transaction (sent between two pipelines). The rules are
those in the program text of 2.122.1 and 3.1.0; what PostgreSQL itself makes of a statement comes from its parser.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from supabase_tasks.ledger import delivery, normalise, splitting
from supabase_tasks.ledger.delivery import DIRECTIVE
from supabase_tasks.ledger.splitting import MAJORS, Statement

# PostgreSQL commits these at once, or refuses them behind anything else (PreventInTransactionBlock).
_UNFIT = frozenset(
    {
        "alter_system_stmt",
        "cluster_stmt",
        "create_subscription_stmt",
        "create_table_space_stmt",
        "createdb_stmt",
        "drop_subscription_stmt",
        "drop_table_space_stmt",
        "dropdb_stmt",
    }
)
_SETTING = frozenset({"variable_set_stmt", "variable_show_stmt"})
_DOLLAR = re.compile(r"(\$\w*\$)(.*)\1", re.DOTALL)
_COMMITS = re.compile(r"\b(?:commit|rollback|spi_commit|spi_rollback)\b", re.IGNORECASE)
_CALLS = re.compile(r"\b(?:commit|rollback|call)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a file would not be one transaction: its offset in the text, what is wrong, what to do instead."""

    offset: int
    message: str
    advice: str


def breaks(sql: str, procedures: Iterable[str] = ()) -> Iterator[Break]:
    """Everything in the migration `sql` that takes it apart or ends its transaction.

    `procedures` are texts in which procedures that it calls may be created; a call of any other one counts, because it
    may commit.
    """
    yield from _directive(sql)
    statements = splitting.split(sql)
    alone: list[Statement] = []
    others = 0
    for statement in statements:
        control = _control(statement, procedures)
        if control is not None:
            yield control
        elif is_alone(statement.text):
            alone.append(statement)
        else:
            others += _kinds(statement.text).isdisjoint(_SETTING)
    if alone and others:
        yield Break(
            alone[0].offset,
            f"{_words(alone[0].text)} runs outside of the file's transaction",
            "put it into a migration of its own",
        )


def is_one(sql: str) -> bool:
    """Whether all of the migration `sql` runs or nothing of it. False also for what runs outside of transactions alone in
    its file: an index that is built concurrently can be left half built."""
    return not any(True for _ in breaks(sql, (sql,))) and not any(is_alone(one) for one in splitting.texts(sql))


def is_alone(statement: str) -> bool:
    """Whether one statement runs outside of a transaction, by the CLI's rules or PostgreSQL's."""
    found = any(delivery.is_alone(text, major) for text in _forms(statement) for major in MAJORS)
    return found or any(_unfit(node) for node in _parse(statement))


def _directive(sql: str) -> Iterator[Break]:
    first = splitting.split(sql)[:1]
    if first and first[0].text.splitlines()[0].rstrip() == DIRECTIVE:
        yield Break(
            first[0].offset, f"`{DIRECTIVE}` makes the CLI run the file without a transaction", "take the line out"
        )


def _control(statement: Statement, procedures: Iterable[str]) -> Break | None:
    advice = "take it out: the CLI makes each file one transaction"
    for text, major in itertools.product(_forms(statement.text), MAJORS):
        if delivery.is_control(text, major):
            words = _words(delivery.without_lead(text, major))
            return Break(statement.offset, f"{words} is transaction control", advice)
    for node in _parse(statement.text):
        kind = node.WhichOneof("node")
        if kind == "transaction_stmt":
            return Break(statement.offset, f"{_words(statement.text)} is transaction control", advice)
        if kind == "do_stmt" and (found := _in_block(statement.text, procedures)):
            return Break(statement.offset, found, "leave the transaction to the file it is in")
        if kind == "call_stmt" and not _harmless(_called_name(node.call_stmt.funccall), procedures):
            return Break(statement.offset, _CALLED.format(_called_name(node.call_stmt.funccall)), _CALL_ADVICE)
    return None


_CALLED = "calls {}, a procedure that may commit"
_CALL_ADVICE = "write it as a function, or run it outside of the migrations"


def _in_block(text: str, procedures: Iterable[str]) -> str | None:
    """What a DO block does to the transaction, or None."""
    import postgast

    try:
        tree = [item for item in postgast.parse_plpgsql(text) if "action" in item["PLpgSQL_function"]]
    except postgast.PgQueryError:
        tree = []
    if not tree:
        # Another language, or nothing that can be read: the word is enough.
        return "a DO block that may commit or roll back" if _COMMITS.search(text) else None
    for kind, value in _statements(tree):
        if kind in ("PLpgSQL_stmt_commit", "PLpgSQL_stmt_rollback"):
            return f"{kind.rpartition('_')[2].upper()} in a DO block ends the file's transaction"
        if kind == "PLpgSQL_stmt_call" and (found := _call_in(value, procedures)):
            return found
        if kind == "PLpgSQL_stmt_dynexecute" and re.search(r"\bcall\b", str(value), re.IGNORECASE):
            return "a DO block with a CALL in dynamic SQL: the procedure may commit"
    return None


def _call_in(value: Any, procedures: Iterable[str]) -> str | None:
    query = value["expr"]["PLpgSQL_expr"]["query"]
    for node in _parse(query):
        if node.WhichOneof("node") == "call_stmt" and not _harmless(
            name := _called_name(node.call_stmt.funccall), procedures
        ):
            return _CALLED.format(name)
    return None


def _harmless(name: str, procedures: Iterable[str]) -> bool:
    """Whether `procedures` create one of that name, and none of that name with a word that could end a transaction."""
    found = [text for sql in procedures for text in splitting.texts(sql) if _creates(text, name.rpartition(".")[2])]
    return bool(found) and not any(_CALLS.search(_without_comments(text)) for text in found)


def _without_comments(text: str) -> str:
    """`text` without comments, those inside its bodies included."""
    found = ((token, _DOLLAR.fullmatch(token)) for token in normalise.tokens(text))
    return " ".join(_without_comments(body[2]) if body else token for token, body in found)


def _creates(text: str, name: str) -> bool:
    if "procedure" not in text.lower():
        return False
    nodes = [node.create_function_stmt for node in _parse(text) if node.WhichOneof("node") == "create_function_stmt"]
    return any(node.is_procedure and node.funcname[-1].string.sval == name for node in nodes)


def _called_name(call: Any) -> str:
    return ".".join(part.string.sval for part in call.funcname)


def _statements(tree: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, list):
        for item in tree:
            yield from _statements(item)
    elif isinstance(tree, dict):
        for key, value in tree.items():
            yield key, value
            yield from _statements(value)


def _unfit(node: Any) -> bool:
    kind = node.WhichOneof("node")
    one = getattr(node, kind)
    if kind in _UNFIT:
        return True
    if kind == "vacuum_stmt":
        return bool(one.is_vacuumcmd)
    if kind in ("index_stmt", "drop_stmt"):
        return bool(one.concurrent)
    if kind == "reindex_stmt":
        return not one.HasField("relation") or any(item.def_elem.defname == "concurrently" for item in one.params)
    if kind == "alter_table_stmt":
        return any(_detaches_alone(item.alter_table_cmd) for item in one.cmds)
    return False


def _detaches_alone(command: Any) -> bool:
    definition = getattr(command, "def")
    return definition.WhichOneof("node") == "partition_cmd" and bool(definition.partition_cmd.concurrent)


def _kinds(statement: str) -> frozenset[str]:
    return frozenset(node.WhichOneof("node") for node in _parse(statement)) or frozenset({"unread"})


# Several questions follow each other about one statement.
@lru_cache(maxsize=8)
def _parse(statement: str) -> tuple[Any, ...]:
    """The parser's nodes; none for a comment, nor for what libpg_query does not take."""
    import postgast

    try:
        return tuple(raw.stmt for raw in postgast.parse(statement).stmts)
    except postgast.PgQueryError:
        return ()


def _forms(statement: str) -> tuple[str, str]:
    """A statement as it is, and without any comment, which is how PostgreSQL sees it."""
    return statement, " ".join(normalise.tokens(statement))


def _words(statement: str) -> str:
    return " ".join(list(normalise.tokens(statement))[:3]).upper()
