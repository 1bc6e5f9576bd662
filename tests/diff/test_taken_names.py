"""A name that one object gives to another of any kind, in one change: created anew, and renamed."""

from __future__ import annotations

from collections.abc import Callable

from support import name_pairs

from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.diff.proof import proof
from supabase_tasks.diff.reader import read_snapshot
from supabase_tasks.postgres import Server


def reached(server: Server, current: str, desired: str, renames: tuple[str, ...] = ()) -> Plan:
    """Plan from one database to the other, apply it to the first, and compare."""
    options = PlanOptions(renames=renames, ask=lambda question: None, allow=frozenset({"data-loss"}))
    with server.migrator(current) as now, server.connect(desired) as then:
        plan = build_plan(now, then, None, options)
    proof.apply(server, current, plan.files)
    with server.connect(current) as now, server.connect(desired) as then:
        assert proof.compare(read_snapshot(now), read_snapshot(then)) == []
    return plan


def test_every_kind_takes_the_name_of_every_other(server: Server, database: Callable[[str], str]) -> None:
    before, after = name_pairs.exchanged()
    reached(server, database(before), database(after))


def test_every_kind_is_renamed_to_the_name_of_what_goes(server: Server, database: Callable[[str], str]) -> None:
    before, after, answers = name_pairs.renamed()
    plan = reached(server, database(before), database(after), answers)
    assert " RENAME TO n_table_identity" in plan.sql
    assert "DROP TABLE app.m_" not in plan.sql


def test_every_kind_is_renamed_and_another_takes_its_name(server: Server, database: Callable[[str], str]) -> None:
    """A range type's constructor functions keep their names, which no role may change: its name is not free."""
    before, after, answers = name_pairs.renamed(without=("range",))
    back = tuple(":".join((kind, new, old)) for kind, old, new in (answer.split(":") for answer in answers))
    reached(server, database(after), database(before), back)
