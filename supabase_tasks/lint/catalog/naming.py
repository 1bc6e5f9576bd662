"""Statements that change where unqualified names point, and schemas as a whole."""

from __future__ import annotations

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.catalog.model import Catalog
from supabase_tasks.lint.catalog.objects import Name
from supabase_tasks.lint.statements import Statement


def set_variable(catalog: Catalog, statement: Statement, node: ast.VariableSetStmt) -> None:
    if node.name == "search_path":
        named = [arg.a_const.sval.sval for arg in node.args]
        first = next((name for name in named if name and name != "$user"), None)
        catalog.schema = first or "public"


def drop_schemas(catalog: Catalog, names: set[str]) -> None:
    """Forget everything in the schemas of those names."""

    def kept(name: Name) -> bool:
        return name[0] not in names

    catalog.tables = {name: table for name, table in catalog.tables.items() if kept(name)}
    catalog.views = {name: view for name, view in catalog.views.items() if kept(name)}
    catalog.enums = {name: enum for name, enum in catalog.enums.items() if kept(name)}
    catalog.functions = {key: function for key, function in catalog.functions.items() if kept(key[0])}


HANDLERS = {"variable_set_stmt": set_variable}
