"""The hazards of access rights in one parsed statement: what it opens, and what it closes to code that still asks.

`new` holds what the same push creates, as everywhere in the reading of SQL; routines and schemas are kept there with
their kind before the name, so that none is taken for a table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from supabase_tasks.diff.ddl import access_hazards as access
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.flow.targets.sql_nodes import Node, enum_name, object_words, qualified, relation_name, signature

_ROUTINES = ("OBJECT_FUNCTION", "OBJECT_PROCEDURE", "OBJECT_ROUTINE")


def _roles(nodes: Node) -> list[str]:
    """Names of role specifications; PUBLIC is an empty name."""
    public = "ROLESPEC_PUBLIC"
    return ["" if enum_name(one.role_spec, "roletype") == public else one.role_spec.rolename for one in nodes]


def _is_true(node: Node) -> bool:
    return bool(node.WhichOneof("node") == "a_const" and node.a_const.boolval.boolval)


def _lets_all_in(node: Node) -> bool:
    return _is_true(node.qual) or _is_true(node.with_check)


def _create_policy(node: Node, new: set[str]) -> Iterator[Hazard]:
    table, roles = relation_name(node.table), _roles(node.roles)
    if table in new:
        return
    if not node.permissive:
        yield access.policy_narrows(table, node.policy_name, roles)
    elif _lets_all_in(node):
        yield access.policy_lets_all_in(table, node.policy_name, roles)


def _alter_policy(node: Node, new: set[str]) -> Iterator[Hazard]:
    table, roles = relation_name(node.table), _roles(node.roles)
    if table in new:
        return
    if roles:
        yield access.policy_serves_only(table, node.policy_name, roles)
    if _lets_all_in(node):
        yield access.policy_lets_all_in(table, node.policy_name, roles)


def _grant(node: Node, new: set[str]) -> Iterator[Hazard]:
    roles = _roles(node.grantees)
    tells = access.grant_widens if node.is_grant else access.grant_narrows
    if not node.is_grant and node.grant_option:
        return
    for name, key in _granted_objects(node):
        if not _is_new(key, new):
            yield from tells(name, roles)


def _is_new(key: str, new: set[str]) -> bool:
    # A routine without its arguments is the only one of its name.
    alone = key.startswith("routine ") and not key.endswith(")")
    return key in new or (alone and any(one.startswith(f"{key}(") for one in new))


def _granted_objects(node: Node) -> Iterator[tuple[str, str]]:
    """How each object is called, and its name among those that are new."""
    kind = enum_name(node, "objtype")
    everything = enum_name(node, "targtype") == "ACL_TARGET_ALL_IN_SCHEMA"
    for item in node.objects:
        if everything:
            schema = item.string.sval
            yield f"all {_PLURALS.get(kind, 'objects')} of {schema}", f"schema {schema}"
        elif item.WhichOneof("node") == "range_var":
            yield relation_name(item.range_var), relation_name(item.range_var)
        elif kind in _ROUTINES:
            name = qualified(".".join(object_words(item)))
            yield f"{name}()", f"routine {name}{_arguments(item.object_with_args)}"
        elif kind == "OBJECT_SCHEMA":
            yield f"schema {item.string.sval}", f"schema {item.string.sval}"
        else:
            name = ".".join(object_words(item))
            yield name, name


def _arguments(node: Node) -> str:
    return "" if node.args_unspecified else signature(one.type_name for one in node.objargs)


_PLURALS = {
    "OBJECT_TABLE": "tables",
    "OBJECT_SEQUENCE": "sequences",
    **dict.fromkeys(_ROUTINES, "functions"),
}


def _grant_role(node: Node, new: set[str]) -> Iterator[Hazard]:
    if node.is_grant:
        for item in node.granted_roles:
            yield from access.membership_widens(item.access_priv.priv_name, _roles(node.grantee_roles))


def _of_relation(tell: Callable[[str], Hazard]) -> Callable[[str, Node], Iterator[Hazard]]:
    """The reader of a form of ALTER TABLE that says all by being there."""
    return lambda relation, command: iter((tell(relation),))


def _options_set(relation: str, command: Node) -> Iterator[Hazard]:
    for item in getattr(command, "def").list.items:
        option = item.def_elem
        if option.defname == "security_invoker" and option.HasField("arg") and not access.says_on(_value(option.arg)):
            yield access.view_bypasses(relation)


def _options_reset(relation: str, command: Node) -> Iterator[Hazard]:
    if any(item.def_elem.defname == "security_invoker" for item in getattr(command, "def").list.items):
        yield access.view_bypasses(relation)


def _value(node: Node) -> str:
    """The text of an option's value: a string, a word, a number or a constant."""
    field = {"string": "sval", "integer": "ival", "boolean": "boolval"}.get(node.WhichOneof("node"))
    return str(getattr(getattr(node, node.WhichOneof("node")), field)) if field else "".join(object_words(node)[-1:])


READERS: dict[str | None, Callable[[Node, set[str]], Iterator[Hazard]]] = {
    "create_policy_stmt": _create_policy,
    "alter_policy_stmt": _alter_policy,
    "grant_stmt": _grant,
    "grant_role_stmt": _grant_role,
}
ALTERATIONS: dict[str, Callable[[str, Node], Iterator[Hazard]]] = {
    "AT_EnableRowSecurity": _of_relation(access.rows_closed),
    "AT_DisableRowSecurity": _of_relation(access.rows_opened),
    "AT_NoForceRowSecurity": _of_relation(access.owner_bypasses),
    "AT_SetRelOptions": _options_set,
    "AT_ResetRelOptions": _options_reset,
}
