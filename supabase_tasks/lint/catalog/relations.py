"""Tables, their columns, keys and indexes; views; dropping and renaming."""

from __future__ import annotations

from collections.abc import Sequence

from postgast import pg_query_pb2 as ast
from postgast import walk

from supabase_tasks.lint.catalog.model import Catalog
from supabase_tasks.lint.catalog.naming import drop_schemas
from supabase_tasks.lint.catalog.objects import ForeignKey, Index, Name, Table, View
from supabase_tasks.lint.statements import Statement

_TRUE = frozenset({"", "true", "on", "1", "yes"})


def create_table(catalog: Catalog, statement: Statement, node: ast.CreateStmt) -> None:
    name = catalog.name(node.relation)
    if node.relation.relpersistence == "t" or (node.if_not_exists and name in catalog.tables):
        return
    table = catalog.tables[name] = Table(name, statement)
    for role, privileges in _default_grants(catalog, name[0]):
        table.grants.setdefault(role, {}).update(dict.fromkeys(privileges, statement))
    for element in node.table_elts:
        if element.WhichOneof("node") == "column_def":
            _add_column(catalog, table, statement, element.column_def)
        elif element.WhichOneof("node") == "constraint":
            _add_constraint(catalog, table, statement, element.constraint, ())


def _default_grants(catalog: Catalog, schema: str) -> list[tuple[str, frozenset[str]]]:
    return [(item.role, item.privileges) for item in catalog.defaults if item.schema in (None, schema)]


def _add_column(catalog: Catalog, table: Table, statement: Statement, column: ast.ColumnDef) -> None:
    table.columns[column.colname] = column.type_name.names[-1].string.sval if column.type_name.names else ""
    for constraint in column.constraints:
        _add_constraint(catalog, table, statement, constraint.constraint, (column.colname,))


def _add_constraint(
    catalog: Catalog, table: Table, statement: Statement, node: ast.Constraint, columns: tuple[str, ...]
) -> None:
    if node.contype == ast.CONSTR_FOREIGN:
        columns = tuple(attribute.string.sval for attribute in node.fk_attrs) or columns
        name = node.conname or f"{table.name[1]}_{'_'.join(columns)}_fkey"
        table.foreign_keys[name] = ForeignKey(columns, catalog.name(node.pktable), statement, node.location)
    elif node.contype in (ast.CONSTR_PRIMARY, ast.CONSTR_UNIQUE):
        columns = tuple(key.string.sval for key in node.keys) or columns
        primary = node.contype == ast.CONSTR_PRIMARY
        usual = f"{table.name[1]}_pkey" if primary else f"{table.name[1]}_{'_'.join(columns)}_key"
        # ADD CONSTRAINT … USING INDEX names an index that is there already.
        if columns:
            table.indexes[node.conname or usual] = Index(columns)


def alter_table(catalog: Catalog, statement: Statement, node: ast.AlterTableStmt) -> None:
    name = catalog.name(node.relation)
    table, view = catalog.tables.get(name), catalog.views.get(name)
    for command in (item.alter_table_cmd for item in node.cmds):
        if table is not None:
            _alter(catalog, table, statement, command)
        elif view is not None and command.subtype in (ast.AT_SetRelOptions, ast.AT_ResetRelOptions):
            options = [item.def_elem for item in getattr(command, "def").list.items]
            _set_view_options(view, statement, options, command.subtype == ast.AT_SetRelOptions)


def _alter(catalog: Catalog, table: Table, statement: Statement, command: ast.AlterTableCmd) -> None:
    definition: ast.Node = getattr(command, "def")
    if command.subtype in (ast.AT_EnableRowSecurity, ast.AT_DisableRowSecurity):
        table.rls, table.rls_statement = command.subtype == ast.AT_EnableRowSecurity, statement
    elif command.subtype == ast.AT_AddColumn:
        _add_column(catalog, table, statement, definition.column_def)
    elif command.subtype == ast.AT_AddConstraint:
        _add_constraint(catalog, table, statement, definition.constraint, ())
    elif command.subtype == ast.AT_DropConstraint:
        table.foreign_keys.pop(command.name, None)
        table.indexes.pop(command.name, None)
    elif command.subtype == ast.AT_DropColumn:
        _drop_column(table, command.name)
    elif command.subtype == ast.AT_AlterColumnType and definition.column_def.type_name.names:
        table.columns[command.name] = definition.column_def.type_name.names[-1].string.sval


def _drop_column(table: Table, name: str) -> None:
    table.columns.pop(name, None)
    table.foreign_keys = {key: item for key, item in table.foreign_keys.items() if name not in item.columns}
    table.indexes = {key: item for key, item in table.indexes.items() if name not in item.columns}


def create_index(catalog: Catalog, statement: Statement, node: ast.IndexStmt) -> None:
    table = catalog.tables.get(catalog.name(node.relation))
    if table is None:
        return
    columns: list[str] = []
    for parameter in node.index_params:
        if not parameter.index_elem.name:
            break
        columns.append(parameter.index_elem.name)
    name = node.idxname or f"{table.name[1]}_{'_'.join(columns)}_idx"
    table.indexes[name] = Index(tuple(columns), node.HasField("where_clause"))


def create_view(catalog: Catalog, statement: Statement, node: ast.ViewStmt) -> None:
    if node.view.relpersistence == "t":
        return
    name = catalog.name(node.view)
    view = catalog.views[name] = View(name, statement, False, False, _reads(catalog, node.query))
    _set_view_options(view, statement, [item.def_elem for item in node.options], True)


def create_table_as(catalog: Catalog, statement: Statement, node: ast.CreateTableAsStmt) -> None:
    name = catalog.name(node.into.rel)
    if node.objtype == ast.OBJECT_MATVIEW:
        catalog.views[name] = View(name, statement, True, False, _reads(catalog, node.query))
    elif node.into.rel.relpersistence != "t" and name not in catalog.tables:
        table = catalog.tables[name] = Table(name, statement)
        for role, privileges in _default_grants(catalog, name[0]):
            table.grants.setdefault(role, {}).update(dict.fromkeys(privileges, statement))


def _reads(catalog: Catalog, query: ast.Node) -> frozenset[Name]:
    return frozenset(catalog.name(node) for _, node in walk(query) if isinstance(node, ast.RangeVar))


def _set_view_options(view: View, statement: Statement, options: Sequence[ast.DefElem], value: bool) -> None:
    for option in options:
        if option.defname == "security_invoker":
            view.security_invoker = value and _text(option.arg).lower() in _TRUE
            view.statement = statement


def _text(argument: ast.Node) -> str:
    kind = argument.WhichOneof("node")
    if kind == "boolean":
        return str(argument.boolean.boolval).lower()
    return str(argument.integer.ival) if kind == "integer" else argument.string.sval


def drop(catalog: Catalog, statement: Statement, node: ast.DropStmt) -> None:
    for item in node.objects:
        parts = item.list.items
        if node.remove_type in (ast.OBJECT_TABLE, ast.OBJECT_VIEW, ast.OBJECT_MATVIEW, ast.OBJECT_FOREIGN_TABLE):
            _drop_relation(catalog, catalog.qualified(parts), node.behavior == ast.DROP_CASCADE)
        elif node.remove_type == ast.OBJECT_INDEX:
            _drop_index(catalog, catalog.qualified(parts))
        elif node.remove_type == ast.OBJECT_SCHEMA:
            drop_schemas(catalog, {item.string.sval})
        elif node.remove_type == ast.OBJECT_POLICY:
            table = catalog.tables.get(catalog.qualified(parts[:-1]))
            if table is not None:
                table.policies.pop(parts[-1].string.sval, None)
        elif node.remove_type in (ast.OBJECT_FUNCTION, ast.OBJECT_PROCEDURE, ast.OBJECT_ROUTINE):
            _drop_function(catalog, item.object_with_args)
        elif node.remove_type == ast.OBJECT_TYPE:
            catalog.enums.pop(catalog.qualified(item.type_name.names), None)


def _drop_relation(catalog: Catalog, name: Name, cascade: bool) -> None:
    catalog.tables.pop(name, None)
    catalog.views.pop(name, None)
    if not cascade:
        return
    for table in catalog.tables.values():
        table.foreign_keys = {key: item for key, item in table.foreign_keys.items() if item.target != name}
    for view in [view for view in catalog.views.values() if name in view.reads]:
        _drop_relation(catalog, view.name, True)


def _drop_index(catalog: Catalog, name: Name) -> None:
    for table in catalog.tables.values():
        if table.name[0] == name[0]:
            table.indexes.pop(name[1], None)


def _drop_function(catalog: Catalog, node: ast.ObjectWithArgs) -> None:
    from supabase_tasks.lint.catalog.routines import matching

    for key in matching(catalog, node):
        del catalog.functions[key]


HANDLERS = {
    "create_stmt": create_table,
    "alter_table_stmt": alter_table,
    "index_stmt": create_index,
    "view_stmt": create_view,
    "create_table_as_stmt": create_table_as,
    "drop_stmt": drop,
}
