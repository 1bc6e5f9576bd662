"""A random walk of model changes on the reference application: `python -m support.walk STEPS SEED`.

After each step the migration must apply and leave nothing for a second run; at the end the walked database must be the
one that the models give at once. It changes SQLAlchemy's tables in place, so it runs in a process of its own.
"""

from __future__ import annotations

import copy
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Column, Enum, ForeignKey, Index, Integer, MetaData, Table, text
from sqlalchemy.dialects import postgresql as pg

from supabase_tasks import postgres
from supabase_tasks import settings as settings_file
from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.proof import dump, proof
from supabase_tasks.ledger import files as ledger
from supabase_tasks.models import Models, desired, loading, summary
from supabase_tasks.models.collect import own_tables
from supabase_tasks.schema import Grant, Policy, anon, authenticated

OPTIONS = PlanOptions(allow=frozenset({"data-loss"}), ask=lambda question: None)
TYPES: tuple[tuple[Any, str], ...] = (
    (pg.INTEGER(), "7"),
    (pg.BIGINT(), "7"),
    (pg.TEXT(), "'x'"),
    (pg.VARCHAR(30), "'x'"),
    (pg.NUMERIC(9, 3), "1.5"),
    (pg.BOOLEAN(), "true"),
    (pg.TIMESTAMP(timezone=True), "now()"),
    (pg.UUID(), "gen_random_uuid()"),
    (pg.JSONB(), "'{}'::jsonb"),
    (pg.ARRAY(pg.TEXT()), "'{}'::text[]"),
)


class Walk:
    """The models as they change: SQLAlchemy's tables in place, declarations as a list."""

    def __init__(self, models: Models, seed: int) -> None:
        self.models = models
        self.metadata: MetaData = models.metadata
        self.declarations = list(models.declarations)
        self.dice = random.Random(seed)
        self.count = 0
        self.columns: list[Column[Any]] = []
        self.tables: list[Table] = []

    def now(self) -> Models:
        return replace(self.models, declarations=tuple(self.declarations))

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"walk_{prefix}_{self.count}"

    def table(self) -> Table:
        return self.dice.choice(sorted(own_tables(self.metadata), key=lambda table: table.fullname))

    def step(self) -> str:
        moves = (
            self.add_column,
            self.add_column,
            self.drop_column,
            self.change_type,
            self.add_index,
            self.drop_index,
            self.add_check,
            self.drop_check,
            self.add_table,
            self.drop_table,
            self.add_policy,
            self.drop_declaration,
            self.add_grant,
            self.comment,
            self.add_enum_value,
        )
        move = self.dice.choice(moves)
        move()
        return move.__name__

    def add_column(self) -> None:
        kind, default = self.dice.choice(TYPES)
        wanted = self.dice.random() < 0.6
        column: Column[Any] = Column(
            self.name("column"),
            copy.copy(kind),
            server_default=text(default) if wanted else None,
            nullable=not wanted or self.dice.random() < 0.5,
        )
        self.table().append_column(column)
        self.columns.append(column)

    def drop_column(self) -> None:
        if self.columns:
            column = self.columns.pop(self.dice.randrange(len(self.columns)))
            table = column.table
            for index in [one for one in table.indexes if column.name in one.columns]:
                table.indexes.remove(index)
            table._columns.remove(column)

    def change_type(self) -> None:
        if self.columns:
            column = self.dice.choice(self.columns)
            kind, _ = self.dice.choice(TYPES)
            column.type, column.server_default, column.nullable = copy.copy(kind), None, True

    def add_index(self) -> None:
        if self.columns:
            column = self.dice.choice(self.columns)
            if not isinstance(column.type, pg.JSONB):
                unique = self.dice.random() < 0.3
                where = text(f"{column.name} IS NOT NULL") if self.dice.random() < 0.3 else None
                Index(self.name("index"), column, unique=unique, postgresql_where=where)

    def drop_index(self) -> None:
        table = self.table()
        if table.indexes:
            table.indexes.remove(self.dice.choice(sorted(table.indexes, key=lambda index: str(index.name))))

    def add_check(self) -> None:
        table = self.table()
        column = self.dice.choice(list(table.columns)).name
        table.append_constraint(CheckConstraint(f'"{column}" IS NOT NULL OR 1 = 1', name=self.name("check")))

    def drop_check(self) -> None:
        table = self.table()
        checks = [
            one for one in table.constraints if isinstance(one, CheckConstraint) and str(one.name).startswith("walk")
        ]
        if checks:
            table.constraints.remove(min(checks, key=lambda check: str(check.name)))

    def add_table(self) -> None:
        other = self.table()
        keys = list(other.primary_key.columns)
        target = [Column("other", keys[0].type, ForeignKey(keys[0], ondelete="CASCADE"))] if len(keys) == 1 else []
        made = Table(self.name("table"), self.metadata, Column("id", Integer, primary_key=True), *target)
        self.tables.append(made)

    def drop_table(self) -> None:
        wanted = {key.column.table for table in own_tables(self.metadata) for key in table.foreign_keys}
        free = [table for table in self.tables if table not in wanted]
        if free:
            table = self.dice.choice(free)
            self.tables.remove(table)
            self.metadata.remove(table)
            self.columns = [column for column in self.columns if column.table is not table]
            self.declarations = [one for one in self.declarations if getattr(one, "table", None) is not table]

    def add_policy(self) -> None:
        table = self.dice.choice([one for one in own_tables(self.metadata) if one not in self.tables])
        role = self.dice.choice((anon, authenticated))
        policy = Policy(self.name("policy"), "select", to=role, using=self.dice.choice((True, "1 = 2")))
        self.declarations.append(replace(policy, table=table))

    def drop_declaration(self) -> None:
        loose = [
            one for one in self.declarations if one.kind in ("policy", "trigger", "grant") and len(one.identity) > 2
        ]
        if loose:
            self.declarations.remove(self.dice.choice(loose))

    def add_grant(self) -> None:
        table = self.dice.choice([one for one in own_tables(self.metadata) if one not in self.tables])
        column = self.dice.choice(list(table.columns)).name
        grant = Grant("references", to=anon, columns=[column])
        found = replace(grant, table=table)
        if found.identity not in {one.identity for one in self.declarations}:
            self.declarations.append(found)

    def comment(self) -> None:
        table = self.table()
        table.comment = self.dice.choice(("it's new", None, "-- a remark"))
        self.dice.choice(list(table.columns)).comment = self.dice.choice(("one", "two", None))

    def add_enum_value(self) -> None:
        enums = [
            column.type
            for table in own_tables(self.metadata)
            for column in table.columns
            if isinstance(column.type, Enum) and column.type.name
        ]
        name = self.dice.choice(sorted({str(one.name) for one in enums}))
        same = [one for one in enums if one.name == name]
        place, value = self.dice.randint(0, len(same[0].enums)), self.name("value")
        for one in {id(one): one for one in same}.values():
            one.enums = [*one.enums[:place], value, *one.enums[place:]]


def main(steps: int, seed: int) -> None:
    settings = settings_file.load(Path(__file__).parents[2])
    walk = Walk(loading.load(settings), seed)
    server = postgres.shadow(settings)
    platform = postgres.platform_template(server, settings)
    try:
        with server.scratch(postgres.history_template(server, settings, ledger.read(settings))) as walked:
            for number in range(1, steps + 1):
                moves = [walk.step() for _ in range(walk.dice.randint(1, 3))]
                goal = desired.build_desired(server, settings, walk.now(), platform)
                print(f"step {number}: {', '.join(moves)}", flush=True)
                go(server, walked, goal, walk.now())
                if number == steps:
                    reached = [dump.parse(server.dump_schema(name)) for name in (walked, goal)]
                    assert dump.differences(*reached) == [], "the walked database is not the one that is built at once"
                server.drop(goal)
    finally:
        postgres.stop(settings)
    print(f"walked {steps} steps")


def go(server: postgres.Server, walked: str, goal: str, models: Models) -> None:
    with server.connect(walked) as first, server.connect(goal) as second:
        found = build_plan(first, second, summary.of(models), OPTIONS)
    proof.apply(server, walked, found.files)
    with server.connect(walked) as first, server.connect(goal) as second:
        assert build_plan(first, second).sql == "", found.sql


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
