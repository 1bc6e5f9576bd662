"""The locks that one parsed statement takes on tables that are there; the modes are `diff.ddl.locks`'."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from supabase_tasks.diff.ddl.hazards import LOCKS, Blocking, Hazard, lock
from supabase_tasks.diff.ddl.locks import Statement, mode
from supabase_tasks.flow.targets.sql_nodes import Node, enum_name, object_words, qualified, relation_name

# Forms of ALTER TABLE, by the names of libpg_query, that take another lock than the rest.
_FORMS: dict[str, Statement] = {
    "AT_ValidateConstraint": "VALIDATE CONSTRAINT",
    "AT_AttachPartition": "ATTACH PARTITION",
    **dict.fromkeys(
        (
            *("AT_EnableTrig", "AT_EnableAlwaysTrig", "AT_EnableReplicaTrig", "AT_EnableTrigAll", "AT_EnableTrigUser"),
            *("AT_DisableTrig", "AT_DisableTrigAll", "AT_DisableTrigUser"),
        ),
        "ENABLE TRIGGER",
    ),
}
_SCANS = ("AT_ValidateConstraint", "AT_SetNotNull", "AT_AttachPartition", "AT_DetachPartition")
_CHECKED = ("CONSTR_CHECK", "CONSTR_FOREIGN", "CONSTR_UNIQUE", "CONSTR_PRIMARY", "CONSTR_EXCLUSION")
_DROPS_ON_TABLE: dict[str, Statement] = {
    "OBJECT_POLICY": "POLICY",
    "OBJECT_TRIGGER": "DROP TRIGGER",
    "OBJECT_RULE": "DROP RULE",
}


def locks_of(kind: str, node: Node) -> Iterator[Hazard]:
    """The locks of the statement `node`, whose kind is libpg_query's word for it."""
    reader = _READERS.get(kind)
    if reader is not None:
        yield from reader(node)


def _alter_table(node: Node) -> Iterator[Hazard]:
    # ALTER TYPE of a composite is the same node, and has no rows; a foreign table has none here.
    if enum_name(node, "objtype") in ("OBJECT_TYPE", "OBJECT_FOREIGN_TABLE"):
        return
    commands = [item.alter_table_cmd for item in node.cmds]
    # ALTER INDEX … ATTACH PARTITION looks at no row, and locks indexes only.
    if enum_name(node, "objtype") == "OBJECT_INDEX" and any(
        enum_name(command, "subtype") == "AT_AttachPartition" for command in commands
    ):
        return
    modes = [mode(_form(command)) for command in commands]
    blocking: Blocking = "scan" if any(map(_scans, commands)) else "instant"
    yield lock(relation_name(node.relation), min(modes, key=LOCKS.index), blocking)
    for command in commands:
        for constraint in _foreign_keys(command):
            yield lock(relation_name(constraint.pktable), mode("ADD FOREIGN KEY"))


def _form(command: Node) -> Statement:
    form = enum_name(command, "subtype")
    if form == "AT_AddConstraint" and _foreign_keys(command):
        return "ADD FOREIGN KEY"
    if form == "AT_DetachPartition":
        concurrently = getattr(command, "def").partition_cmd.concurrent
        return "DETACH PARTITION CONCURRENTLY" if concurrently else "DETACH PARTITION"
    return _FORMS.get(form, "ALTER TABLE")


def _foreign_keys(command: Node) -> list[Node]:
    form, definition = enum_name(command, "subtype"), getattr(command, "def")
    if form == "AT_AddConstraint":
        found = [definition.constraint]
    elif form == "AT_AddColumn":
        found = [part.constraint for part in definition.column_def.constraints]
    else:
        return []
    return [one for one in found if enum_name(one, "contype") == "CONSTR_FOREIGN"]


def _scans(command: Node) -> bool:
    form = enum_name(command, "subtype")
    if form != "AT_AddConstraint":
        return form in _SCANS
    constraint = getattr(command, "def").constraint
    return not constraint.skip_validation and enum_name(constraint, "contype") in _CHECKED


def _index(node: Node) -> Iterator[Hazard]:
    if not node.concurrent:
        yield lock(relation_name(node.relation), mode("CREATE INDEX"), "scan")


def _drop(node: Node) -> Iterator[Hazard]:
    kind = enum_name(node, "remove_type")
    for words in map(object_words, node.objects):
        if kind in _DROPS_ON_TABLE:
            yield lock(qualified(".".join(words[:-1])), mode(_DROPS_ON_TABLE[kind]))
        elif kind == "OBJECT_INDEX" and not node.concurrent:
            yield _on_table_of(qualified(".".join(words)), "DROP INDEX")
        elif kind == "OBJECT_STATISTIC_EXT":
            yield _on_table_of(qualified(".".join(words)), "STATISTICS")


def _on_table_of(name: str, statement: Statement) -> Hazard:
    # The statement does not say which table it is.
    return Hazard("lock", f"{mode(statement)} on the table of {name} briefly", name, mode(statement))


def _rename(node: Node) -> Iterator[Hazard]:
    if enum_name(node, "rename_type") in ("OBJECT_TABLE", "OBJECT_COLUMN"):
        yield lock(relation_name(node.relation), mode("ALTER TABLE"))


def _move(node: Node) -> Iterator[Hazard]:
    if enum_name(node, "object_type") == "OBJECT_TABLE":
        yield lock(relation_name(node.relation), mode("ALTER TABLE"))


def _view(node: Node) -> Iterator[Hazard]:
    if node.replace:
        yield lock(relation_name(node.view), mode("CREATE OR REPLACE VIEW"))


def _statistics(node: Node) -> Iterator[Hazard]:
    for item in node.relations:
        yield lock(relation_name(item.range_var), mode("STATISTICS"))


def _publication(node: Node) -> Iterator[Hazard]:
    for item in node.pubobjects:
        table = item.publication_obj_spec.pubtable
        if table.relation.relname:
            yield lock(relation_name(table.relation), mode("PUBLICATION TABLE"))


_READERS: dict[str, Callable[[Node], Iterator[Hazard]]] = {
    "alter_table_stmt": _alter_table,
    "index_stmt": _index,
    "drop_stmt": _drop,
    "rename_stmt": _rename,
    "alter_object_schema_stmt": _move,
    "view_stmt": _view,
    "create_stats_stmt": _statistics,
    "create_publication_stmt": _publication,
    "alter_publication_stmt": _publication,
    "create_trig_stmt": lambda node: iter([lock(relation_name(node.relation), mode("CREATE TRIGGER"))]),
    "rule_stmt": lambda node: iter([lock(relation_name(node.relation), mode("CREATE RULE"))]),
    "create_policy_stmt": lambda node: iter([lock(relation_name(node.table), mode("POLICY"))]),
    "alter_policy_stmt": lambda node: iter([lock(relation_name(node.table), mode("POLICY"))]),
}
