"""Enums, and the statements that rename or move any kind of object."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.catalog.model import Catalog
from supabase_tasks.lint.catalog.objects import Enum, ForeignKey, Index, Name, Table
from supabase_tasks.lint.catalog.routines import matching
from supabase_tasks.lint.statements import Statement

T = TypeVar("T")
_TABLES = (ast.OBJECT_TABLE, ast.OBJECT_VIEW, ast.OBJECT_MATVIEW)


def create_enum(catalog: Catalog, statement: Statement, node: ast.CreateEnumStmt) -> None:
    name = catalog.qualified(node.type_name)
    catalog.enums[name] = Enum(name, statement)


def alter_enum(catalog: Catalog, statement: Statement, node: ast.AlterEnumStmt) -> None:
    name = catalog.qualified(node.type_name)
    # A type that the history did not create comes from a dump or an extension; its values count all the same.
    enum = catalog.enums.setdefault(name, Enum(name, statement))
    if node.new_val and not node.old_val:
        enum.added[node.new_val] = statement


def rename(catalog: Catalog, statement: Statement, node: ast.RenameStmt) -> None:
    name = catalog.name(node.relation)
    table = catalog.tables.get(name)
    if node.rename_type in _TABLES:
        _move(catalog, name, (name[0], node.newname))
    elif node.rename_type == ast.OBJECT_POLICY and table is not None:
        _rename_policy(table, node.subname, node.newname)
    elif node.rename_type == ast.OBJECT_COLUMN and table is not None:
        _rename_column(catalog, name, node.subname, node.newname)
    elif node.rename_type == ast.OBJECT_TABCONSTRAINT and table is not None:
        _rekey(table.indexes, node.subname, node.newname)
        _rekey(table.foreign_keys, node.subname, node.newname)
    elif node.rename_type == ast.OBJECT_INDEX:
        for owner in catalog.tables.values():
            _rekey(owner.indexes, node.relation.relname, node.newname)
    elif node.rename_type == ast.OBJECT_FUNCTION:
        _move_functions(catalog, node.object.object_with_args, lambda name: (name[0], node.newname))
    elif node.rename_type == ast.OBJECT_TYPE:
        old = catalog.qualified(node.object.list.items)
        _rekey(catalog.enums, old, (old[0], node.newname))


def set_schema(catalog: Catalog, statement: Statement, node: ast.AlterObjectSchemaStmt) -> None:
    if node.object_type in _TABLES:
        name = catalog.name(node.relation)
        _move(catalog, name, (node.newschema, name[1]))
    elif node.object_type == ast.OBJECT_FUNCTION:
        _move_functions(catalog, node.object.object_with_args, lambda name: (node.newschema, name[1]))


def _move(catalog: Catalog, old: Name, new: Name) -> None:
    if old in catalog.tables:
        catalog.tables[old].name = new
        _rekey(catalog.tables, old, new)
    elif old in catalog.views:
        catalog.views[old].name = new
        _rekey(catalog.views, old, new)


def _move_functions(catalog: Catalog, node: ast.ObjectWithArgs, to: Callable[[Name], Name]) -> None:
    for name, arguments in matching(catalog, node):
        function = catalog.functions.pop((name, arguments))
        function.name = to(name)
        catalog.functions[function.name, arguments] = function


K = TypeVar("K")


def _rekey(items: dict[K, T], old: K, new: K) -> None:
    if old in items:
        items[new] = items.pop(old)


def _rename_policy(table: Table, old: str, new: str) -> None:
    if old in table.policies:
        table.policies[old].name = new
        _rekey(table.policies, old, new)


def _rename_column(catalog: Catalog, name: Name, old: str, new: str) -> None:
    table = catalog.tables[name]
    _rekey(table.columns, old, new)
    keyed: list[Index | ForeignKey] = [*table.indexes.values(), *table.foreign_keys.values()]
    for item in keyed:
        item.columns = tuple(new if column == old else column for column in item.columns)


HANDLERS = {
    "create_enum_stmt": create_enum,
    "alter_enum_stmt": alter_enum,
    "rename_stmt": rename,
    "alter_object_schema_stmt": set_schema,
}
