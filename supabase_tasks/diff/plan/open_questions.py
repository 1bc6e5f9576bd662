"""What a plan leaves for the user to answer, apart from renames: values for existing rows, and permissions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from supabase_tasks.diff.catalog.item import Key
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.ddl.hazards import Hazard
from supabase_tasks.diff.ddl.names import join_dotted
from supabase_tasks.diff.kinds.common.columns import needs_value
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.kinds.enum import Enum
from supabase_tasks.diff.options import Loss, PermissionQuestion, PlanOptions, Question, ValueQuestion
from supabase_tasks.diff.plan import values
from supabase_tasks.diff.plan.changes import Changes
from supabase_tasks.sql_text import literal

if TYPE_CHECKING:
    from alembic.operations.ops import MigrateOperation

# What a person may allow; unattended runs are told by the hazards only.
ENUM_ORDER = "enum-order"
ENUM_VALUES = "enum-values"
Refused = tuple[Loss, Hazard]


def values_of(changes: Changes, context: Context, renames: Sequence[Question]) -> Iterator[ValueQuestion]:
    """A question for each new NOT NULL column without default on a table that may hold rows.

    Not for one that may turn out to be renamed: that question says what else its answer takes.
    """
    open_names = {question.new for question in renames}
    for key in sorted(changes.created):
        if key[0] != "column" or not context.table_exists(*key[1][:2]):
            continue
        column: Any = changes.desired.items[key]
        name = join_dotted(*key[1])
        if needs_value(column) and not column.inherited and name not in {*context.options.defaults, *open_names}:
            yield values.question(column, changes.desired)


def refused_hazards(
    operations: Sequence[MigrateOperation], allowed: frozenset[str], renames: Sequence[Question]
) -> list[Refused]:
    """The hazards that need a permission which was not given, with what they are about.

    Not those on what may turn out to be renamed.
    """
    spared = {candidate.old for question in renames for candidate in question.candidates}
    return [
        (loss, hazard)
        for operation in operations
        for hazard in op.hazards_of(operation)
        if hazard.gated and hazard.code not in allowed
        for loss in [_loss(operation, hazard)]
        if not any(loss.name == name or loss.name.startswith(f"{name}.") for name in spared)
    ]


def reorders(changes: Changes, options: PlanOptions) -> Iterator[PermissionQuestion]:
    """A question for enums whose values change places: every row of their columns is rewritten. Asked of a person only."""
    if not options.attended or ENUM_ORDER in options.allow:
        return
    losses = [
        Loss("enum", join_dotted(*old.identity), _reorder_message(old, new))
        for _, old, new in _changed_enums(changes)
        if _kept_values(old.values, new.values) != _kept_values(new.values, old.values)
    ]
    if losses:
        yield PermissionQuestion(ENUM_ORDER, tuple(losses))


def removed_values(changes: Changes, options: PlanOptions, renames: Sequence[Question]) -> Iterator[PermissionQuestion]:
    """A question for enum values that go away while columns may hold them: the migration fails on rows that do. Asked of a
    person only; not about a value that may turn out to be renamed."""
    if not options.attended or ENUM_VALUES in options.allow:
        return
    spared = {candidate.old for question in renames for candidate in question.candidates}
    losses = []
    for key, old, new in _changed_enums(changes):
        gone = [one for one in old.values if one not in new.values and join_dotted(*old.identity, one) not in spared]
        losses += [
            Loss("enum value", join_dotted(*column[1]), _removal_message(old, gone, column[1]), tuple(gone))
            for column in changes.current.stored.columns(key)
            if gone and column in changes.desired.items
        ]
    if losses:
        yield PermissionQuestion(ENUM_VALUES, tuple(losses))


def _changed_enums(changes: Changes) -> Iterator[tuple[Key, Enum, Enum]]:
    for key in sorted(changes.altered | changes.swapped):
        if key[0] == "enum":
            yield key, cast(Enum, changes.current.items[key]), cast(Enum, changes.desired.items[key])


def _removal_message(enum: Enum, gone: Sequence[str], column: Sequence[str]) -> str:
    values = ", ".join(map(literal, gone))
    rows = f"while a row of {join_dotted(*column[:2])} holds {'one of them' if len(gone) > 1 else 'it'} in {column[2]}"
    return f"{join_dotted(*enum.identity)} loses {values}: the migration fails {rows}"


def _kept_values(values: Sequence[str], of: Sequence[str]) -> list[str]:
    return [value for value in values if value in of]


def _reorder_message(old: Enum, new: Enum) -> str:
    before, after = ", ".join(old.values), ", ".join(new.values)
    return (
        f"{join_dotted(*old.identity)}: {before} becomes {after}; every row of its columns is rewritten, and comparing and"
        " sorting by it gives other results"
    )


def permissions_of(found: Sequence[Refused]) -> list[PermissionQuestion]:
    """One question for each code."""
    codes = dict.fromkeys(hazard.code for _, hazard in found)
    return [
        PermissionQuestion(code, tuple(dict.fromkeys(loss for loss, hazard in found if hazard.code == code)))
        for code in codes
    ]


def _loss(operation: MigrateOperation, hazard: Hazard) -> Loss:
    identity = getattr(operation, "identity", None)
    if identity is not None:
        return Loss(getattr(operation, "kind", ""), join_dotted(*identity), hazard.message)
    # Alembic's own: DropTableOp.
    schema, name = getattr(operation, "schema", None), getattr(operation, "table_name", None)
    return Loss("table", join_dotted(schema or "public", name) if name else hazard.relation, hazard.message)
