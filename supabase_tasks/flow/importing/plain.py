"""What stays plain SQL: the statements of the plan that no model says, by kind of object."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from supabase_tasks.platform_schemas import PLATFORM_SCHEMAS

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.draw.objects import Object

Key = tuple[str, tuple[str, ...]]
REST = "rest"
# Their identity is that of the object that they are about, behind its kind.
_OF_OBJECTS = ("comment", "extension_dependency")
# As pg_dump's comments name them: base types, which no kind plans.
_DUMPED = frozenset(("TYPE",))


def operations(plan: Plan) -> Iterator[tuple[Key, tuple[str, ...]]]:
    """Each of the plan's own operations: kind and identity, and its statements."""
    from alembic.operations.ops import ModifyTableOps

    from supabase_tasks.diff.ddl.operations import SchemaOperation

    for operation in plan.operations:
        inner = operation.ops if isinstance(operation, ModifyTableOps) else [operation]
        for one in inner:
            if isinstance(one, SchemaOperation):
                yield (one.kind, tuple(one.identity)), tuple(one.statements)


def files(plan: Plan, said: Collection[Key]) -> dict[str, str]:
    """File name (without ending) to text, for every operation whose object is not in `said`.

    A table that is said has said its columns and keys; what a table's items could not say is for the rest.
    """
    from supabase_tasks.diff.kinds import KINDS

    found: dict[str, list[str]] = {}
    tables = {identity for kind, identity in said if kind == "table"}
    for (kind, identity), statements in operations(plan):
        if (kind, identity) in said or _belongs(kind, identity, tables):
            continue
        # What is said of a part of a table that the models do not have comes with that part.
        target = (identity[0], identity[1 : -1 if kind == "extension_dependency" else None])
        if kind in _OF_OBJECTS and target not in said and _belongs(*target, tables):
            continue
        kept = [text.strip().rstrip(";") for text in statements if text.strip() and not drops(text)]
        found.setdefault(KINDS[kind].sql_file if kind in KINDS else REST, []).extend(f"{text};\n" for text in kept)
    return {name: "\n".join(texts) for name, texts in sorted(found.items()) if texts}


def drops(statement: str) -> bool:
    """Whether it takes away what the platform has: no schema in SQL can say so, a migration did."""
    return statement.lstrip().upper().startswith("DROP ")


def others(plan: Plan, before: str, after: str, usual: Collection[str] = ()) -> str:
    """The statements of objects whose kind the diff does not plan, from `pg_dump` texts of an empty platform and the
    source: each comes in as it was dumped. `usual` are the sequences whose privileges every new one has."""
    from supabase_tasks.draw import changed

    # pg_dump's header comments have a blank for a line break in a name (its `sanitize_line`).
    keys = {key for key, _ in operations(plan)}
    planned = {".".join(identity[:2]).translate({10: " ", 13: " "}) for _, identity in keys}
    texts = [
        one.text
        for one in changed.added_objects(before, after)
        if one.type in _DUMPED
        and one.owner.partition(".")[0] not in PLATFORM_SCHEMAS
        # An aggregate's owner ends with its arguments; another object's own name may hold a parenthesis.
        and not planned & {one.owner, one.owner.partition("(")[0]}
    ]
    texts += [one.text for one in changed.added_objects(before, after) if _of_identity(one, keys, usual)]
    return "\n".join(f"{text.rstrip()}\n" for text in texts)


def _of_identity(one: Object, planned: Collection[Key], usual: Collection[str]) -> bool:
    """Whether it is who may use the sequence behind an identity column, which belongs to the column for every kind."""
    if one.type != "ACL" or not one.name.startswith("SEQUENCE "):
        return False
    name = one.text.partition(" ON SEQUENCE ")[2].partition(" ")[0]
    parts = tuple(name.split("."))
    return name not in usual and parts[0] not in PLATFORM_SCHEMAS and ("grant", ("sequence", *parts)) not in planned


def _belongs(kind: str, identity: tuple[str, ...], tables: Collection[tuple[str, ...]]) -> bool:
    """Whether the object is part of a declared table and so is said with it, or by the rest."""
    from supabase_tasks.diff.kinds import KINDS

    return kind in KINDS and KINDS[kind].part_of_table and identity[:2] in tables
