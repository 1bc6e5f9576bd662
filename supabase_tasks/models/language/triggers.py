"""Triggers, event triggers, rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from supabase_tasks.models.declaration import Identity
from supabase_tasks.models.dialect import ident, idents, qualified
from supabase_tasks.models.language.base import MetadataDeclared, PlacedItem, expression_text, wrong
from supabase_tasks.models.language.functions import Function
from supabase_tasks.models.language.security import Condition
from supabase_tasks.models.language.words import Ahead, Phase, Word, register_word, relation_name
from supabase_tasks.sql_text import literal

Enabled = Literal["origin", "always", "replica", "disabled"]
_ENABLE = {"always": "enable always", "replica": "enable replica", "disabled": "disable"}
_EVENTS = ("insert", "update", "delete", "truncate")


def function_name(function: Function | str) -> str:
    """The schema-qualified name of a trigger's function."""
    return qualified(function.schema, function.name) if isinstance(function, Function) else function


@dataclass(frozen=True, eq=False)
class Trigger(PlacedItem):
    """CREATE TRIGGER.

    `events` is one or several of insert, update, delete, truncate; `columns` narrows update. `when` takes SQL text with
    OLD and NEW. `constraint=True` makes a constraint trigger (after, row), which may be deferrable. Stands in
    a table's definition, or by itself with `on=` (`on=auth_users`). Raises `ModelsError` for options that contradict.
    """

    name: str
    function: Function | str
    timing: Literal["before", "after", "instead of"] = "before"
    events: str | Sequence[str] = "update"
    columns: Sequence[str] = ()
    level: Literal["row", "statement"] = "row"
    when: Condition | None = None
    arguments: Sequence[str] = ()
    old_table: str | None = None
    new_table: str | None = None
    constraint: bool = False
    deferrable: bool = False
    initially_deferred: bool = False
    enabled: Enabled = "origin"

    def validate(self) -> None:
        unknown = [event for event in self._events() if event not in _EVENTS]
        if unknown or not self._events():
            raise wrong(self.origin, f"trigger {self.name!r}: events are {', '.join(_EVENTS)}, not {self.events!r}")
        if self.columns and "update" not in self._events():
            raise wrong(self.origin, f"trigger {self.name!r}: columns= belongs to update")
        if self.constraint and (self.timing, self.level) != ("after", "row"):
            raise wrong(self.origin, f"trigger {self.name!r}: a constraint trigger is after, for each row")
        if (self.deferrable or self.initially_deferred) and not self.constraint:
            raise wrong(self.origin, f"trigger {self.name!r}: only a constraint trigger can be deferrable")

    @property
    def kind(self) -> str:
        return "trigger"

    @property
    def identity(self) -> Identity:
        return (*self.table_identity, self.name)

    @property
    def on_clause(self) -> str:
        return f"trigger {ident(self.name)} on {qualified(*self.table_identity)}"

    def statements(self) -> list[str]:
        word = "create constraint trigger" if self.constraint else "create trigger"
        lines = [
            f"{word} {ident(self.name)}",
            f"  {self.timing} {' or '.join(self._event(event) for event in self._events())}",
            f"  on {qualified(*self.table_identity)}",
            *self._options(),
            f"  execute function {function_name(self.function)}({', '.join(map(literal, self.arguments))})",
        ]
        return ["\n".join(lines), *self._state()]

    def _events(self) -> list[str]:
        several: Iterable[str] = self.events.split(",") if isinstance(self.events, str) else self.events
        return [part.strip() for event in several for part in event.lower().split(" or ")]

    def _event(self, event: str) -> str:
        return f"update of {idents(self.columns)}" if event == "update" and self.columns else event

    def _options(self) -> list[str]:
        tables = [f"{word} table as {ident(name)}" for word, name in self._transition_tables()]
        deferred = "deferrable initially deferred" if self.initially_deferred else "deferrable"
        when = "" if self.when is None else expression_text(self.when, self.known_table, self.origin)
        return [
            *([f"  {deferred}"] if self.deferrable or self.initially_deferred else []),
            *([f"  referencing {' '.join(tables)}"] if tables else []),
            f"  for each {self.level}",
            *([f"  when ({when})"] if when else []),
        ]

    def _transition_tables(self) -> list[tuple[str, str]]:
        return [(word, name) for word, name in (("old", self.old_table), ("new", self.new_table)) if name]

    def _state(self) -> list[str]:
        if self.enabled == "origin":
            return []
        return [f"alter table {qualified(*self.table_identity)} {_ENABLE[self.enabled]} trigger {ident(self.name)}"]


def updated_at_function(schema: str = "public", name: str = "set_updated_at", column: str = "updated_at") -> Function:
    """Declares the trigger function that sets `column` to the time of the change; for `updated_at_trigger`."""
    body = f"\nbegin\n  new.{ident(column)} := pg_catalog.now();\n  return new;\nend\n"
    return Function(name, body, returns="trigger", language="plpgsql", schema=schema)


def updated_at_trigger(function: Function | str, name: str = "set_updated_at") -> Trigger:
    """A trigger for a table's definition that keeps `updated_at`."""
    return Trigger(name, function, events="update")


@dataclass(frozen=True, eq=False)
class EventTrigger(MetadataDeclared):
    """CREATE EVENT TRIGGER: `event` is ddl_command_start, ddl_command_end, table_rewrite, sql_drop or login."""

    name: str
    event: str
    function: Function | str
    tags: Sequence[str] = ()
    enabled: Enabled = "origin"

    @property
    def kind(self) -> str:
        return "event_trigger"

    @property
    def identity(self) -> Identity:
        return (self.name,)

    @property
    def on_clause(self) -> str:
        return f"event trigger {ident(self.name)}"

    def statements(self) -> list[str]:
        when = f" when tag in ({', '.join(map(literal, self.tags))})" if self.tags else ""
        created = (
            f"create event trigger {ident(self.name)} on {self.event}{when}"
            f" execute function {function_name(self.function)}()"
        )
        state = f"alter event trigger {ident(self.name)} {_ENABLE.get(self.enabled, '')}"
        return [created] if self.enabled == "origin" else [created, state]


@dataclass(frozen=True, eq=False)
class Rule(PlacedItem):
    """CREATE RULE: `do` is SQL, `nothing` by default; `also=True` adds to the original command."""

    name: str
    event: Literal["insert", "update", "delete", "select"]
    do: str = "nothing"
    also: bool = False
    where: str | None = None

    @property
    def kind(self) -> str:
        return "rule"

    @property
    def identity(self) -> Identity:
        return (*self.table_identity, self.name)

    @property
    def on_clause(self) -> str:
        return f"rule {ident(self.name)} on {qualified(*self.table_identity)}"

    def statements(self) -> list[str]:
        where = f" where {self.where}" if self.where else ""
        how = "also" if self.also else "instead"
        table = qualified(*self.table_identity)
        return [f"create rule {ident(self.name)} as on {self.event} to {table}{where} do {how} {self.do}"]


register_word(
    Word(
        "trigger",
        Phase.TRIGGER,
        space="trigger",
        sql={"create_trig_stmt": lambda s: (*relation_name(s.relation), s.trigname)},
        ahead=Ahead.OVERTAKEN,
        drawn="with its table",
    )
)
register_word(
    Word(
        "event_trigger",
        Phase.EVENT_TRIGGER,
        space="event_trigger",
        sql={"create_event_trig_stmt": lambda s: (s.trigname,)},
        drawn="by itself",
        noun="event trigger",
    )
)
register_word(
    Word(
        "rule",
        Phase.RULE,
        space="rule",
        sql={"rule_stmt": lambda s: (*relation_name(s.relation), s.rulename)},
        ahead=Ahead.OVERTAKEN,
        drawn="with its table",
    )
)
