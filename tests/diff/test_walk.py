"""A random walk: after each step the migration applies, the result equals the goal, and a second run has nothing to do."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from supabase_tasks.diff.options import PlanOptions
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.diff.proof import dump
from supabase_tasks.postgres import Server

TYPES = (
    "integer",
    "bigint",
    "text",
    "varchar(20)",
    "numeric(8,2)",
    "boolean",
    "jsonb",
    "uuid",
    "text[]",
    "timestamptz",
    "public.e",
)
DEFAULTS = {
    "integer": "1",
    "text": "'x'",
    "boolean": "true",
    "jsonb": "'{}'",
    "uuid": "gen_random_uuid()",
    "public.e": "'a'",
}


@dataclass
class World:
    """A schema that changes at random and can be written as SQL at any time."""

    dice: random.Random
    tables: dict[str, dict[str, str]] = field(default_factory=dict)
    indexes: dict[str, str] = field(default_factory=dict)
    checks: dict[str, str] = field(default_factory=dict)
    policies: dict[str, str] = field(default_factory=dict)
    keys: dict[str, tuple[str, str]] = field(default_factory=dict)
    views: dict[str, tuple[str, ...]] = field(default_factory=dict)
    values: list[str] = field(default_factory=lambda: ["a", "b"])
    grants: dict[str, str] = field(default_factory=dict)
    count: int = 0

    def name(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}{self.count}"

    def step(self) -> None:
        moves = (
            self.add_table,
            self.add_column,
            self.drop_column,
            self.change_column,
            self.add_index,
            self.add_check,
            self.add_policy,
            self.add_key,
            self.add_view,
            self.add_value,
            self.drop_something,
            self.change_grant,
        )
        self.dice.choice(moves)()

    def table(self) -> str:
        if not self.tables:
            self.add_table()
        return self.dice.choice(sorted(self.tables))

    def column(self) -> str:
        kind = self.dice.choice(TYPES)
        text = kind
        if kind in DEFAULTS and self.dice.random() < 0.6:
            text += f" DEFAULT {DEFAULTS[kind]}" + (" NOT NULL" if self.dice.random() < 0.5 else "")
        return text

    def add_table(self) -> None:
        self.tables[self.name("t")] = {self.name("c"): self.column() for _ in range(self.dice.randint(1, 4))}

    def add_column(self) -> None:
        self.tables[self.table()][self.name("c")] = self.column()

    def drop_column(self) -> None:
        table = self.table()
        if self.tables[table]:
            self.forget(table, self.dice.choice(sorted(self.tables[table])))

    def change_column(self) -> None:
        table = self.table()
        if self.tables[table]:
            name = self.dice.choice(sorted(self.tables[table]))
            self.forget(table, name)
            self.tables[table][name] = self.column()

    def forget(self, table: str, column: str) -> None:
        del self.tables[table][column]
        word = f"{table}.{column}"
        for named in (self.indexes, self.checks, self.policies):
            for key in [key for key, value in named.items() if value == word]:
                del named[key]
        self.views = {key: value for key, value in self.views.items() if word not in value}

    def pick(self) -> str:
        table = self.table()
        names = [*sorted(self.tables[table]), "id"]
        return f"{table}.{self.dice.choice(names)}"

    def add_index(self) -> None:
        word = self.pick()
        if "jsonb" not in self.tables[word.split(".")[0]].get(word.split(".")[1], ""):
            self.indexes[self.name("i")] = word

    def add_check(self) -> None:
        self.checks[self.name("k")] = self.pick()

    def add_policy(self) -> None:
        self.policies[self.name("p")] = self.pick()

    def add_key(self) -> None:
        self.keys[self.name("f")] = (self.table(), self.table())

    def add_view(self) -> None:
        words = sorted({self.pick() for _ in range(3)})
        self.views[self.name("v")] = tuple(word for word in words if word.split(".")[0] == words[0].split(".")[0])

    def add_value(self) -> None:
        self.values.insert(self.dice.randint(0, len(self.values)), self.name("e"))

    def change_grant(self) -> None:
        self.grants[self.table()] = self.dice.choice(("SELECT", "SELECT, INSERT", "ALL"))

    def drop_something(self) -> None:
        for named in (self.indexes, self.checks, self.policies, self.keys, self.views, self.grants):
            if named and self.dice.random() < 0.3:
                named.pop(self.dice.choice(sorted(named)))
        if len(self.tables) > 3:
            table = self.dice.choice(sorted(self.tables))
            for column in sorted(self.tables[table]):
                self.forget(table, column)
            self.forget_table(table)

    def forget_table(self, table: str) -> None:
        self.tables[table]["id"] = ""
        self.forget(table, "id")
        del self.tables[table]
        self.grants.pop(table, None)
        self.keys = {key: value for key, value in self.keys.items() if table not in value}

    def sql(self) -> str:
        lines = [f"CREATE TYPE public.e AS ENUM ({', '.join(repr(value) for value in self.values)})"]
        for table, columns in self.tables.items():
            body = ["id integer PRIMARY KEY", *(f"{name} {text}" for name, text in columns.items())]
            lines.append(f"CREATE TABLE public.{table} ({', '.join(body)})")
            lines.append(f"ALTER TABLE public.{table} ADD COLUMN twin integer, ENABLE ROW LEVEL SECURITY")
        pairs = [(key, *word.split(".")) for key, word in self.indexes.items()]
        lines += [f"CREATE INDEX {key} ON public.{table} ({column})" for key, table, column in pairs]
        for key, word in self.checks.items():
            table, column = word.split(".")
            lines.append(f"ALTER TABLE public.{table} ADD CONSTRAINT {key} CHECK ({column} IS NOT NULL OR id > 5)")
        for key, word in self.policies.items():
            table, column = word.split(".")
            lines.append(f"CREATE POLICY {key} ON public.{table} TO authenticated USING ({column} IS NOT NULL)")
        for key, (table, other) in self.keys.items():
            lines.append(
                f"ALTER TABLE public.{table} ADD CONSTRAINT {key} FOREIGN KEY (twin) REFERENCES public.{other}"
            )
        for key, words in self.views.items():
            names = ", ".join(word.split(".")[1] for word in words)
            lines.append(f"CREATE VIEW public.{key} AS SELECT {names} FROM public.{words[0].split('.')[0]}")
        lines += [f"GRANT {what} ON public.{table} TO anon" for table, what in self.grants.items()]
        return ";\n".join(lines)


@pytest.mark.parametrize("seed", range(3))
def test_a_walk_of_changes(
    server: Server, database: Callable[[str], str], apply: Callable[[Plan, str], None], seed: int
) -> None:
    world = World(random.Random(seed))
    world.add_table()
    walked = database(world.sql())
    options = PlanOptions(allow=frozenset({"data-loss"}), ask=lambda question: None)
    for number in range(12):
        for _ in range(world.dice.randint(1, 4)):
            world.step()
        goal = database(world.sql())
        with server.connect(walked) as first, server.connect(goal) as second:
            found = build_plan(first, second, None, options)
        apply(found, walked)
        with server.connect(walked) as first, server.connect(goal) as second:
            assert build_plan(first, second).sql == "", f"step {number} of seed {seed}\n{found.sql}"
    dumps = [dump.parse(server.dump_schema(name)) for name in (walked, goal)]
    assert dump.differences(*dumps) == []
