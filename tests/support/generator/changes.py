"""What is added to, changed in, and taken out of a world at random."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from support.generator import extras
from support.generator.place import TURNS, Extra
from support.generator.world import LITERALS, Column, Table, World

_PARTS = ("index", "check", "policy", "trigger", "key", "statistics", "grant", "comment")


class Author:
    """Changes a world by the throw of `dice`."""

    def __init__(self, world: World, dice: Random) -> None:
        self.world, self.dice = world, dice

    def build(self) -> None:
        """A schema of each kind, with dependencies."""
        for make in (
            self.add_enum,
            self.add_domain,
            self.add_composite,
            self.add_range,
            self.add_sequence,
            self.add_function,
        ):
            for _ in range(self.dice.randint(0, 2)):
                make()
        for _ in range(self.dice.randint(1, 3)):
            self.add_table()
        for make in (self.add_part, self.add_part, self.add_part, self.add_view, self.add_publication):
            for _ in range(self.dice.randint(0, 2)):
                make()
        for _ in range(self.dice.randint(0, 6)):
            self.add_extra()

    def change(self) -> str:
        """One change; returns its name."""
        moves = [getattr(self, name) for name in sorted(dir(self)) if name.startswith(("add_", "change_", "drop_"))]
        move = self.dice.choice(moves)
        move()
        return str(move.__name__)

    def _pick(self, options: object) -> str:
        return self.dice.choice(sorted(options)) if options else ""  # type: ignore[call-overload, no-any-return]

    def _type(self) -> str:
        return self.dice.choice(self.world.types())

    def add_enum(self) -> None:
        self.world.enums[self.world.name("e")] = ["a", "b", "c"][: self.dice.randint(1, 3)]

    def change_enum(self) -> None:
        name = self._pick(self.world.enums)
        if name:
            values = self.world.enums[name]
            turn = self.dice.randrange(3)
            if turn == 0:
                values.insert(self.dice.randint(0, len(values)), self.world.name("v"))
            elif turn == 1 and len(values) > 1:
                values.pop()
            else:
                values.reverse()

    def add_domain(self) -> None:
        own = [kind for kind in self.world.types() if kind.startswith("public.")]
        base = self.dice.choice(["text", "integer", "numeric(8,2)", *own])
        self.world.domains[self.world.name("d")] = (base, self._domain_rest())

    def _domain_rest(self) -> str:
        return self.dice.choice(["", "CHECK (VALUE::text <> 'never')", "CHECK (VALUE::text <> 'no')"])

    def change_domain(self) -> None:
        name = self._pick(self.world.domains)
        if name:
            base, rest = self.world.domains[name]
            if self.dice.random() < 0.3 and not base.startswith("public."):
                base = {"text": "character varying(20)", "integer": "bigint"}.get(base, "text")
            else:
                rest = self._domain_rest()
            self.world.domains[name] = (base, rest)

    def add_composite(self) -> None:
        own = [kind for kind in self.world.types() if kind.startswith("public.")]
        kinds = [*LITERALS, *own, *own]
        fields = {f"f{number}": self.dice.choice(kinds) for number in range(self.dice.randint(1, 3))}
        self.world.composites[self.world.name("c")] = fields

    def change_composite(self) -> None:
        name = self._pick(self.world.composites)
        if name:
            fields = self.world.composites[name]
            if self.dice.random() < 0.4 and len(fields) > 1:
                fields.pop(self.dice.choice(sorted(fields)))
            else:
                fields[self.world.name("f")] = self.dice.choice(sorted(LITERALS))

    def add_range(self) -> None:
        self.world.ranges[self.world.name("r")] = (
            self.dice.choice(["numeric(8,2)", "date", "integer"]).replace("(8,2)", "") or ""
        )
        self.world.ranges = {name: base if base in LITERALS else "bigint" for name, base in self.world.ranges.items()}

    def add_sequence(self) -> None:
        self.world.sequences[self.world.name("s")] = self._sequence()

    def _sequence(self) -> str:
        return self.dice.choice(["", "MINVALUE 100", "MAXVALUE 50", "INCREMENT -1", "AS smallint", "CYCLE MAXVALUE 9"])

    def change_sequence(self) -> None:
        name = self._pick(self.world.sequences)
        if name:
            self.world.sequences[name] = self._sequence()

    def add_function(self) -> None:
        self.world.functions[self.world.name("f")] = (self._type(), self.dice.choice(["STABLE", "IMMUTABLE"]))

    def change_function(self) -> None:
        name = self._pick(self.world.functions)
        if name:
            kind, attributes = self.world.functions[name]
            self.world.functions[name] = (kind, "VOLATILE" if attributes == "STABLE" else "STABLE")

    def _column(self) -> Column:
        kind = self._type()
        found = Column(kind, not_null=self.dice.random() < 0.3)
        calls = [name for name, (result, _) in self.world.functions.items() if result == kind]
        if calls and self.dice.random() < 0.6:
            found.default = f"public.{calls[0]}()"
        elif kind in ("integer", "bigint") and self.world.sequences and self.dice.random() < 0.4:
            found.default = f"nextval('public.{self._pick(self.world.sequences)}')"
        elif self.dice.random() < 0.3:
            found.default = f"@{kind}@"
        turn = self.dice.random()
        if turn < 0.06:
            found.mode, found.default = "generated", self.dice.choice(["", "x"])
        elif turn < 0.1:
            found.mode, found.default = "identity", self.dice.choice(["", "(START 5)", "(MINVALUE 5 MAXVALUE 90)"])
        return found

    def add_table(self) -> None:
        table = Table({self.world.name("k"): self._column() for _ in range(self.dice.randint(1, 4))})
        name = self.world.name("t")
        if self.dice.random() < 0.3:
            for column in table.columns.values():
                if column.mode == "identity":
                    column.mode, column.default = "plain", ""
            table.partitions = {f"{name}_a": "", f"{name}_b": self._own(table)}
        self.world.tables[name] = table

    def _own(self, table: Table) -> str:
        plain = [key for key, column in table.columns.items() if column.mode == "plain"]
        if not plain:
            return ""
        key = self.dice.choice(plain)
        kind = table.columns[key].type
        return self.dice.choice(
            [
                f"ALTER {key} SET STATISTICS 40",
                f"ALTER {key} SET DEFAULT @{kind}@",
                "SET (fillfactor = 60)",
                "",
            ]
        )

    def change_partition(self) -> None:
        name = self._pick({key for key, table in self.world.tables.items() if table.partitions})
        if name:
            table = self.world.tables[name]
            table.partitions[self._pick(table.partitions)] = self._own(table)
            if self.dice.random() < 0.4:
                table.partitions[self.world.name(f"{name}_")] = self._own(table)

    def add_column(self) -> None:
        table = self.world.tables[self._pick(self.world.tables)]
        column = self._column()
        if column.mode == "identity" and table.partitions:
            column.mode, column.default = "plain", ""
        table.columns[self.world.name("k")] = column

    def change_column(self) -> None:
        name = self._pick(self.world.tables)
        table = self.world.tables[name]
        key = self._pick(table.columns)
        if key:
            old = table.columns[key]
            fresh = self._column()
            if table.partitions:
                fresh.mode, fresh.default = "plain", fresh.default if fresh.mode == "plain" else ""
                table.partitions = dict.fromkeys(table.partitions, "")
            if self.dice.random() < 0.5:
                fresh.type, fresh.mode, fresh.default = old.type, old.mode, old.default
                fresh.not_null = fresh.not_null and old.mode == "plain"
            fresh.statistics = self.dice.choice([None, None, 30])
            table.columns[key] = fresh

    def change_table(self) -> None:
        table = self.world.tables[self._pick(self.world.tables)]
        table.unlogged, table.options = self.dice.random() < 0.3, self.dice.choice(["", "fillfactor = 70"])
        self._tidy()

    def add_part(self) -> None:
        table = self._pick(self.world.tables)
        column = self._pick(self.world.tables[table].columns) or "id"
        kind = self.dice.choice(_PARTS)
        form = self.dice.choice(["plain", "partial", *self.world.functions])
        if kind == "key":
            form = self._pick(self.world.tables)
        if kind == "index" and form == "plain":
            form = "partial" if self._unsorted(table, column) else form
        self.world.parts[self.world.name("p")] = (kind, table, column, form)
        self._tidy()

    def _unsorted(self, table: str, column: str) -> bool:
        kind = self.world.tables[table].columns[column].type if column != "id" else ""
        return kind in ("json", "point")

    def change_part(self) -> None:
        name = self._pick(self.world.parts)
        if name:
            kind, table, column, form = self.world.parts[name]
            if kind not in ("key", "index"):
                form = self.dice.choice(["plain", "partial", *self.world.functions])
            self.world.parts[name] = (kind, table, column, form)

    def add_view(self) -> None:
        source = self._pick(
            [*self.world.tables, *(name for name, view in self.world.views.items() if view[2] != "stored")]
        )
        columns = (
            sorted(self.world.tables[source].columns) if source in self.world.tables else self.world.views[source][1]
        )
        chosen = [key for key in columns if self.dice.random() < 0.6]
        self.world.views[self.world.name("w")] = (
            source,
            chosen,
            self.dice.choice(["plain", "stored", *self.world.functions]),
        )

    def change_view(self) -> None:
        name = self._pick(self.world.views)
        if name:
            source, columns, _ = self.world.views[name]
            self.world.views[name] = (source, columns, self.dice.choice(["plain", *self.world.functions]))
            self._tidy()

    def _extra(self, kind: str) -> Extra:
        table = self._pick(self.world.tables)
        column = self._pick(self.world.tables[table].columns) or "id"
        other = self._pick(self.world.tables)
        return Extra(kind, table, column, self._type(), other, self.dice.randrange(TURNS))

    def add_extra(self) -> None:
        self.world.extras[self.world.name("x")] = self._extra(self.dice.choice(sorted(extras.KINDS)))

    # What hangs on the rest is most of what there is.
    add_extra_too = add_extra

    def change_extra(self) -> None:
        name = self._pick(self.world.extras)
        if name:
            old = self.world.extras[name]
            fresh = self._extra(old.kind)
            keep = self.dice.random() < 0.6
            self.world.extras[name] = replace(old, turn=fresh.turn) if keep else replace(fresh, table=old.table)
            self._tidy()

    change_extra_too = change_extra

    def drop_extra(self) -> None:
        self.world.extras.pop(self._pick(self.world.extras), None)

    def add_publication(self) -> None:
        logged = [name for name, table in self.world.tables.items() if not table.unlogged]
        if logged:
            self.world.publications[self.world.name("pub")] = self.dice.sample(
                sorted(logged), self.dice.randint(1, len(logged))
            )

    def drop_column(self) -> None:
        table = self.world.tables[self._pick(self.world.tables)]
        if len(table.columns) > 1:
            table.columns.pop(self._pick(table.columns))
            table.partitions = dict.fromkeys(table.partitions, "")
            self._tidy()

    def drop_table(self) -> None:
        if len(self.world.tables) > 1:
            self.world.tables.pop(self._pick(self.world.tables))
            self._tidy()

    def drop_part(self) -> None:
        self.world.parts.pop(self._pick(self.world.parts), None)

    def drop_view(self) -> None:
        self.world.views.pop(self._pick(self.world.views), None)
        self._tidy()

    def drop_function(self) -> None:
        self.world.functions.pop(self._pick(self.world.functions), None)
        self._tidy()

    def drop_type(self) -> None:
        for named in (self.world.ranges, self.world.composites, self.world.domains):
            if named and self.dice.random() < 0.5:
                del named[self._pick(named)]  # type: ignore[attr-defined]
                break
        self._tidy()

    def _tidy(self) -> None:
        """Take out what names something that is gone."""
        world = self.world
        for _ in range(3):
            known = set(world.types())
            world.composites = {
                name: {key: kind for key, kind in fields.items() if kind in known} or {"f": "text"}
                for name, fields in world.composites.items()
            }
            world.functions = {name: part for name, part in world.functions.items() if part[0] in known}
            for table in world.tables.values():
                gone = {name for name, own in table.partitions.items() if not set(own.split("@")[1::2]) <= known}
                table.partitions |= dict.fromkeys(gone, "")
                for column in table.columns.values():
                    called = column.default.removeprefix("public.").removesuffix("()")
                    if column.type not in known:
                        column.type, column.default = "text", ""
                    elif column.default.endswith("()") and called not in world.functions:
                        column.default = ""
            world.parts = {name: part for name, part in world.parts.items() if self._stands(part)}
            world.views = {name: view for name, view in world.views.items() if self._seen(view)}
            world.extras = {name: extra for name, extra in world.extras.items() if extras.stands(world, extra)}
            world.domains = {
                name: (base if base in known or base == "integer" else "text", rest)
                for name, (base, rest) in world.domains.items()
            }
        logged = [name for name, table in world.tables.items() if not table.unlogged or table.partitions]
        world.publications = {
            name: kept
            for name, tables in world.publications.items()
            if (kept := [one for one in tables if one in logged])
        }

    def _stands(self, part: tuple[str, str, str, str]) -> bool:
        kind, table, column, form = part
        if table not in self.world.tables or (kind == "key" and form not in self.world.tables):
            return False
        return column == "id" or column in self.world.tables[table].columns

    def _seen(self, view: tuple[str, list[str], str]) -> bool:
        source, columns, _ = view
        if source in self.world.tables:
            return set(columns) <= self.world.tables[source].columns.keys()
        return source in self.world.views and set(columns) <= set(self.world.views[source][1])
