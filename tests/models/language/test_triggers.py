import pytest
from sqlalchemy import MetaData

from supabase_tasks.schema import EventTrigger, Function, Rule, Trigger

nowhere = MetaData()
work = Function("work", "", returns="trigger", schema="app", metadata=nowhere)


def trigger(**options: object) -> list[str]:
    return Trigger("g", work, on="app.t", metadata=nowhere, **options).statements()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"events": "insert or update, DELETE"}, "before insert or update or delete"),
        ({"events": ["update", "truncate"], "columns": ["a", "B"]}, 'before update of a, "B" or truncate'),
        ({"timing": "instead of", "events": "insert"}, "instead of insert"),
        ({"level": "statement", "timing": "after", "new_table": "n", "old_table": "o"}, "for each statement"),
        ({"new_table": "n", "old_table": "o"}, "referencing old table as o new table as n"),
        ({"arguments": ["a", "it's"]}, "execute function app.work('a', 'it''s')"),
        ({"constraint": True, "timing": "after", "deferrable": True}, "create constraint trigger g"),
        ({"constraint": True, "timing": "after", "deferrable": True}, "\n  deferrable\n"),
        ({"when": "pg_trigger_depth() = 0"}, "when (pg_trigger_depth() = 0)"),
    ],
)
def test_options(options: dict[str, object], expected: str) -> None:
    assert expected in trigger(**options)[0]


@pytest.mark.parametrize(
    ("enabled", "expected"),
    [
        ("origin", []),
        ("disabled", ["alter table app.t disable trigger g"]),
        ("replica", ["alter table app.t enable replica trigger g"]),
        ("always", ["alter table app.t enable always trigger g"]),
    ],
)
def test_the_enabled_state(enabled: str, expected: list[str]) -> None:
    assert trigger(enabled=enabled)[1:] == expected


def test_a_function_may_be_named_by_text() -> None:
    assert (
        "execute function extensions.moddatetime('at')"
        in (Trigger("g", "extensions.moddatetime", arguments=["at"], on="t", metadata=nowhere).statements()[0])
    )


def test_event_triggers_may_be_disabled() -> None:
    made = EventTrigger("e", "sql_drop", "app.f", enabled="disabled", metadata=nowhere).statements()
    assert made == ["create event trigger e on sql_drop execute function app.f()", "alter event trigger e disable"]


def test_rules_may_add_to_a_command() -> None:
    rule = Rule("r", "insert", "notify t", also=True, on="app.t", metadata=nowhere)
    assert rule.statements() == ["create rule r as on insert to app.t do also notify t"]
