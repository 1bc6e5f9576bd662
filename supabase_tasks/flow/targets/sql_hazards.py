"""The hazards of SQL that is about to run on a hosted database, read from the SQL itself.

A pending migration may be hand-written, so there is no plan to ask: its statements are parsed with PostgreSQL's
grammar. Locks and rewrites are those of the PostgreSQL manual (ALTER TABLE, "Explicit Locking"). Tables that the same
push creates hold no rows and are not in use, so they carry no hazard.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from supabase_tasks.diff.ddl import hazards
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.flow.targets import sql_access, sql_locks
from supabase_tasks.flow.targets.sql_nodes import Node, enum_name, object_words, qualified, relation_name, signature
from supabase_tasks.ledger.files import MigrationFile

_DROPPED = {
    "OBJECT_TABLE": "the table and its rows",
    "OBJECT_SCHEMA": "the schema and everything in it",
    "OBJECT_MATVIEW": "the materialized view",
    "OBJECT_SEQUENCE": "the sequence and its position",
}
_USED = {"OBJECT_VIEW": "view", "OBJECT_FUNCTION": "function", "OBJECT_TRIGGER": "trigger", "OBJECT_TYPE": "type"}


def scan(files: Sequence[MigrationFile]) -> tuple[tuple[MigrationFile, tuple[Hazard, ...]], ...]:
    """The hazards of each file, for files that run one after the other in one push."""
    new: set[str] = set()
    return tuple((file, of_sql(file.text, new)) for file in files)


def of_sql(sql: str, new: set[str] | None = None) -> tuple[Hazard, ...]:
    """The hazards of one SQL text. `new` holds what did not exist before, tables by their names; what is created here is
    added to it.

    SQL that does not parse is itself reported: it will fail.
    """
    import postgast

    created = new if new is not None else set()
    try:
        parsed = postgast.parse(sql)
    except postgast.PgQueryError as error:
        return (hazards.may_fail("", f"PostgreSQL's parser refuses the SQL: {error}"),)
    found: list[Hazard] = []
    given: set[tuple[str, str]] = set()
    for statement in parsed.stmts:
        kind = statement.stmt.WhichOneof("node")
        node = getattr(statement.stmt, kind)
        if kind == "rename_stmt" and _is_said(node, given):
            continue
        found += [hazard for hazard in sql_locks.locks_of(kind, node) if hazard.relation not in created]
        if kind in _CREATED:
            created.add(_CREATED[kind](node))
        reader = _READERS.get(kind)
        if reader is not None:
            found += reader(node, created)
    return tuple(dict.fromkeys(found))


def _routine_name(node: Node) -> str:
    parameters = [one.function_parameter for one in node.parameters]
    taken = [one.arg_type for one in parameters if enum_name(one, "mode") not in ("FUNC_PARAM_OUT", "FUNC_PARAM_TABLE")]
    return f"routine {qualified('.'.join(part.string.sval for part in node.funcname))}{signature(taken)}"


# What a statement creates. What CREATE OR REPLACE or IF NOT EXISTS meets may be there already: it is not new.
_CREATED: dict[str | None, Callable[[Node], str]] = {
    "create_stmt": lambda node: "" if node.if_not_exists else relation_name(node.relation),
    "create_table_as_stmt": lambda node: "" if node.if_not_exists else relation_name(node.into.rel),
    "create_seq_stmt": lambda node: "" if node.if_not_exists else relation_name(node.sequence),
    "create_schema_stmt": lambda node: (
        "" if node.if_not_exists else f"schema {node.schemaname or node.authrole.rolename}"
    ),
    "create_function_stmt": lambda node: "" if node.replace else _routine_name(node),
    "view_stmt": lambda node: "" if node.replace else relation_name(node.view),
}


def _alter(node: Node, new: set[str]) -> Iterator[Hazard]:
    relation = relation_name(node.relation)
    if relation in new:
        return
    for command in node.cmds:
        one = command.alter_table_cmd
        reader = _ALTERATIONS.get(enum_name(one, "subtype"))
        if reader is not None:
            yield from reader(relation, one)


def _drop_column(relation: str, command: Node) -> Iterator[Hazard]:
    yield hazards.data_loss(relation, f"drops the column {command.name} and what it holds")
    yield hazards.incompatible(relation, f"code that reads {command.name} breaks")


def _column_type(relation: str, command: Node) -> Iterator[Hazard]:
    yield hazards.rewrite(relation, f"the new type of {command.name} may rewrite every row, readers and writers wait")


def _set_not_null(relation: str, command: Node) -> Iterator[Hazard]:
    yield hazards.may_fail(relation, f"fails when a row has no {command.name}")


def _add_column(relation: str, command: Node) -> Iterator[Hazard]:
    column = getattr(command, "def").column_def
    kinds = {enum_name(part.constraint, "contype") for part in column.constraints}
    if "CONSTR_NOTNULL" in kinds and not kinds & {"CONSTR_DEFAULT", "CONSTR_IDENTITY", "CONSTR_GENERATED"}:
        yield hazards.may_fail(relation, f"fails when the table has rows: {column.colname} is NOT NULL without default")
    if "CONSTR_GENERATED" in kinds:
        yield hazards.rewrite(relation, f"the computed column {column.colname} is written into every row")


def _add_constraint(relation: str, command: Node) -> Iterator[Hazard]:
    constraint = getattr(command, "def").constraint
    kind = enum_name(constraint, "contype")
    if constraint.skip_validation:
        return
    if kind in ("CONSTR_CHECK", "CONSTR_FOREIGN", "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION"):
        yield hazards.may_fail(relation, f"fails when rows violate {constraint.conname or 'the constraint'}")


def _drop(node: Node, new: set[str]) -> Iterator[Hazard]:
    kind = enum_name(node, "remove_type")
    names = [".".join(object_words(item)) for item in node.objects]
    for name in names:
        if kind in _DROPPED and qualified(name) not in new:
            yield hazards.data_loss(name, f"drops {_DROPPED[kind]}: {name}")
        elif kind in _USED:
            yield hazards.incompatible(name, f"code that uses the {_USED[kind]} {name} breaks")
        elif kind == "OBJECT_POLICY":
            yield hazards.incompatible(
                name, f"drops the policy {name}: what it let in is refused, unless it comes back"
            )


def _rename(node: Node, new: set[str]) -> Iterator[Hazard]:
    relation = relation_name(node.relation)
    if relation not in new and enum_name(node, "rename_type") in ("OBJECT_TABLE", "OBJECT_COLUMN", "OBJECT_VIEW"):
        old = node.subname or relation
        yield hazards.incompatible(relation, f"code that uses {old} breaks: it is renamed to {node.newname}")


def _is_said(node: Node, given: set[tuple[str, str]]) -> bool:
    """Whether the name that goes is one that a RENAME before has given, and told of. `given` gets the next one."""
    relation = relation_name(node.relation)
    schema = relation.rpartition(".")[0]
    place = relation if enum_name(node, "rename_type") == "OBJECT_COLUMN" else schema
    said = (place, node.subname or node.relation.relname) in given
    given.add((place, node.newname))
    return said


def _truncate(node: Node, new: set[str]) -> Iterator[Hazard]:
    for item in node.relations:
        yield hazards.data_loss(relation_name(item.range_var), f"empties {relation_name(item.range_var)}")


def _delete(node: Node, new: set[str]) -> Iterator[Hazard]:
    if not node.HasField("where_clause") and relation_name(node.relation) not in new:
        yield hazards.data_loss(relation_name(node.relation), f"deletes every row of {relation_name(node.relation)}")


def _update(node: Node, new: set[str]) -> Iterator[Hazard]:
    if not node.HasField("where_clause") and relation_name(node.relation) not in new:
        yield hazards.data_loss(relation_name(node.relation), f"overwrites every row of {relation_name(node.relation)}")


def _do(node: Node, new: set[str]) -> Iterator[Hazard]:
    yield hazards.may_fail("", "a DO block: what it does cannot be told from outside")


_READERS: dict[str | None, Callable[[Node, set[str]], Iterator[Hazard]]] = {
    "alter_table_stmt": _alter,
    "drop_stmt": _drop,
    "rename_stmt": _rename,
    "truncate_stmt": _truncate,
    "delete_stmt": _delete,
    "update_stmt": _update,
    "do_stmt": _do,
    **sql_access.READERS,
}
_ALTERATIONS: dict[str, Callable[[str, Node], Iterator[Hazard]]] = {
    "AT_DropColumn": _drop_column,
    "AT_AlterColumnType": _column_type,
    "AT_SetNotNull": _set_not_null,
    "AT_AddColumn": _add_column,
    "AT_AddConstraint": _add_constraint,
    **sql_access.ALTERATIONS,
}
