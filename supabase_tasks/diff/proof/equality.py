"""The empty plan is a claim like any other: two databases are equal when `pg_dump` says the same of both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from supabase_tasks.background import BackgroundTask
from supabase_tasks.diff.catalog.scope import Scope
from supabase_tasks.diff.proof import dump
from supabase_tasks.errors import DiffError

if TYPE_CHECKING:
    from supabase_tasks.diff.plan.result import Plan
    from supabase_tasks.postgres import Server

Residue = Sequence[Mapping[str, str | None]]


def with_dump_differences(
    server: Server,
    plan: Plan,
    current: str,
    desired: str,
    scope: Scope,
    desired_dump: BackgroundTask[Mapping[dump.Entry, str]] | None = None,
) -> Plan:
    """`plan`; an empty one with the names of all that differs between the databases `current` and `desired` all the same.

    `desired_dump` is the dump of `desired` for a caller that takes it already. A plan that is not empty has a proof of its own.
    """
    if not plan.empty:
        return plan
    residue = differences(server, current, desired, scope, desired_dump)
    return replace(plan, unmodelled=tuple(dict.fromkeys((*plan.unmodelled, *map(_object_line, residue)))))


def differences(
    server: Server,
    current: str,
    desired: str,
    scope: Scope,
    desired_dump: BackgroundTask[Mapping[dump.Entry, str]] | None = None,
) -> Residue:
    """What `pg_dump` says of one database and not of the other. Both are dumped at the same time."""
    wanted = desired_dump or BackgroundTask(lambda: dump.take(server, desired, scope))
    return dump.differences(dump.take(server, current, scope, like=wanted), wanted.result())


def _object_line(one: Mapping[str, str | None]) -> str:
    if one["current"] is None:
        return f"{one['object']} (only on the desired side)"
    if one["desired"] is None:
        return f"{one['object']} (only on the current side)"
    return f"{one['object']} (differs)"


def refuse_unmodelled(
    plan: Plan, sides: str = "the schemas", next_step: str = "write it by hand, or list it in `ignore`"
) -> None:
    """Raises `DiffError` (code `unmodelled`) for a plan that is empty only because no kind knows what differs."""
    if plan.empty:
        demand_all_modelled(plan, sides, next_step)


def demand_all_modelled(
    plan: Plan,
    sides: str = "the schemas",
    next_step: str = "write it by hand, or list it in `ignore`",
    *,
    data: Mapping[str, object] | None = None,
) -> None:
    """Raises `DiffError` (code `unmodelled`) for whatever differs and no kind knows, with other changes or without.

    `data` is what else a program should be told, like the files that were written for those changes.
    """
    if not plan.unmodelled:
        return
    also = "" if plan.empty else "also "
    raise DiffError(
        f"{sides} {also}differ in objects that supabase-tasks cannot write SQL for",
        cause="\n".join(plan.unmodelled),
        next_step=next_step,
        code="unmodelled",
        data={**(data or {}), "unmodelled": list(plan.unmodelled)},
    )
