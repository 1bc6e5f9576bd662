"""Functions and procedures: whose rights they run with, and which search_path."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postgast import pg_query_pb2 as ast

from supabase_tasks.lint.catalog.model import Catalog
from supabase_tasks.lint.catalog.objects import Function, Name
from supabase_tasks.lint.statements import Statement

Key = tuple[Name, tuple[str, ...]]
_RESULTS = (ast.FUNC_PARAM_OUT, ast.FUNC_PARAM_TABLE)


def create_function(catalog: Catalog, statement: Statement, node: ast.CreateFunctionStmt) -> None:
    name = catalog.qualified(node.funcname)
    # Gone with the session that ran the file.
    if name[0] == "pg_temp":
        return
    arguments = _types(item.function_parameter for item in node.parameters)
    function = Function(name, arguments, statement, definer=False, search_path=False)
    _apply(function, [item.def_elem for item in node.options])
    catalog.functions[name, arguments] = function


def alter_function(catalog: Catalog, statement: Statement, node: ast.AlterFunctionStmt) -> None:
    for key in matching(catalog, node.func):
        catalog.functions[key].statement = statement
        _apply(catalog.functions[key], [item.def_elem for item in node.actions])


def _apply(function: Function, options: Sequence[ast.DefElem]) -> None:
    for option in options:
        if option.defname == "security":
            function.definer = option.arg.boolean.boolval
        elif option.defname == "set" and option.arg.variable_set_stmt.name == "search_path":
            kind = option.arg.variable_set_stmt.kind
            function.search_path = kind not in (ast.VAR_RESET, ast.VAR_RESET_ALL, ast.VAR_SET_DEFAULT)


def _types(parameters: Iterable[ast.FunctionParameter]) -> tuple[str, ...]:
    return tuple(type_text(item.arg_type) for item in parameters if item.mode not in _RESULTS)


def type_text(node: ast.TypeName) -> str:
    """A type for comparison: its last name, with `[]` for an array."""
    return f"{node.names[-1].string.sval}{'[]' if node.array_bounds else ''}"


def matching(catalog: Catalog, node: ast.ObjectWithArgs) -> list[Key]:
    """The functions that `name(types)` or a bare `name` means."""
    name = catalog.qualified(node.objname)
    if node.args_unspecified:
        return [key for key in catalog.functions if key[0] == name]
    key = (name, _types(item.function_parameter for item in node.objfuncargs))
    return [key] if key in catalog.functions else []


HANDLERS = {"create_function_stmt": create_function, "alter_function_stmt": alter_function}
