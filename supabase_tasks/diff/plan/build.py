"""How a plan is made: read, compare, close, order, write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from supabase_tasks.diff.catalog import unmodelled
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.catalog.snapshot import Snapshot
from supabase_tasks.diff.catalog.unmade import without_unmade
from supabase_tasks.diff.ddl import operations as op
from supabase_tasks.diff.errors import unanswered_error
from supabase_tasks.diff.kinds.common.context import Context
from supabase_tasks.diff.options import OpenQuestion, PlanOptions, Question
from supabase_tasks.diff.plan import inherited, known_names, open_questions, placed_columns, summary, values
from supabase_tasks.diff.plan.assemble import assemble_operations
from supabase_tasks.diff.plan.comparison import find_changes
from supabase_tasks.diff.plan.files import parts, planned_files
from supabase_tasks.diff.plan.naming import CountedChange, slug
from supabase_tasks.diff.plan.order import arrange
from supabase_tasks.diff.plan.renames import detect_renames
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.errors import DiffError

if TYPE_CHECKING:
    import psycopg
    from alembic.operations.ops import MigrateOperation

    from supabase_tasks.models.summary import ModelSummary


def build_plan(
    current: psycopg.Connection[Any],
    desired: psycopg.Connection[Any],
    models: ModelSummary | None = None,
    options: PlanOptions | None = None,
    before: Snapshot | None = None,
) -> Plan:
    """The migration from `current` to `desired`, two scratch databases on servers of one major version.

    Renames are tried out on `current` in a transaction that is rolled back, so it must be a database that can be
    altered and that has no other user, connected as the role that will apply the migration. `models` lends the author's
    SQL; `before` is the snapshot of `current` for a caller that has it.
    Raises `OpenQuestionsError` (data: `unanswered_error`, a list of questions with the answers they take) with every rename,
    value of a new NOT NULL column and permission that is open, `WrongDefaultError` for a value that cannot be used,
    `DiffError` when no safe order exists.
    """
    options = options or PlanOptions()
    return plan_towards(current, read_snapshot(desired, Scope(options.ignore), like=before), models, options, before)


def plan_towards(
    current: psycopg.Connection[Any],
    desired_snapshot: Snapshot,
    models: ModelSummary | None,
    options: PlanOptions,
    before: Snapshot | None = None,
) -> Plan:
    """`build_plan` with the desired side already read."""
    with current.transaction(force_rollback=True):
        found = before or read_snapshot(current, Scope(options.ignore))
        renamed = detect_renames(current, found, desired_snapshot, models, options)
        if options.defaults and not renamed.questions:
            values.demand_known(options.defaults, renamed.current, desired_snapshot)
            values.demand_usable(current, options.defaults, renamed.current, desired_snapshot)
    before = renamed.current
    desired_snapshot = without_unmade(before, desired_snapshot)
    context = Context(before, desired_snapshot, options, models)
    changes = find_changes(before, desired_snapshot, context)
    inherited.follow(changes)
    if not renamed.questions:
        placed_columns.refuse_other_places(changes)
    strange = unmodelled.differences(before.unmodelled, desired_snapshot.unmodelled)
    if changes.empty and not renamed.operations:
        return Plan(unmodelled=strange)
    context = replace(context, fresh=changes.fresh | changes.swapped, parked=frozenset(changes.parked))
    asked: list[OpenQuestion] = [
        *renamed.questions,
        *open_questions.values_of(changes, context, renamed.questions),
        *open_questions.reorders(changes, options),
        *open_questions.removed_values(changes, options, renamed.questions),
    ]
    try:
        ordered = arrange(changes)
        operations = renamed.operations + assemble_operations(changes, ordered, context)
    except DiffError:
        # With what may be renamed taken for new there need not be an order: the answers come first.
        if asked:
            raise unanswered_error(asked) from None
        raise
    known_names.speak(operations, renamed.aside)
    _demand_answers(asked, operations, options, renamed.questions)
    counted = renamed.changes + known_names.under_former_names(summary.counted_changes(changes), renamed.aside)
    made = _plan(operations, counted, options, ordered.unchecked)
    return replace(made, unmodelled=strange)


def _demand_answers(
    asked: Sequence[OpenQuestion],
    operations: Sequence[MigrateOperation],
    options: PlanOptions,
    renames: Sequence[Question],
) -> None:
    refused = open_questions.refused_hazards(operations, options.allow, renames)
    permissions = open_questions.permissions_of(refused)
    if asked or permissions:
        raise unanswered_error([*asked, *permissions], [hazard for _, hazard in refused])


def _plan(
    operations: list[MigrateOperation], counted: list[CountedChange], options: PlanOptions, unchecked: bool
) -> Plan:
    hazards = tuple(dict.fromkeys(hazard for operation in operations for hazard in op.hazards_of(operation)))
    header = summary.header(counted)
    name = slug(counted)
    spread = parts(operations, options)
    files = tuple(planned_files(spread, name, counted, options, unchecked))
    return Plan(
        operations=tuple(operation for part in spread for operation in part.operations),
        files=files,
        header=header,
        hazards=hazards,
        slug=name,
        changes=tuple(
            {"action": change.action, "kind": change.key[0], "name": ".".join(change.key[1])} for change in counted
        ),
    )
