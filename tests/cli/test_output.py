"""What the CLI says, without what frightens for nothing."""

from __future__ import annotations

import pytest

from supabase_tasks.cli import failures
from supabase_tasks.cli.arguments import LOCAL, at_url, linked_project
from supabase_tasks.cli.output import Relay, for_people, is_here, step
from supabase_tasks.process import CompletedProgram


@pytest.mark.parametrize(
    ("line", "local", "shown"),
    [
        ("Target: custom Postgres (127.0.0.1:54423)", True, None),
        ("Confirmed by --yes: Reset the remote database on custom Postgres (127.0.0.1:54423)", True, None),
        ("Resetting remote database...", True, "Resetting the local database..."),
        ("Remote database is up to date.", True, "The local database is up to date."),
        ("Connecting to the remote database", True, "Connecting to the local database"),
        ("Applying migration 0000_a.sql...", True, "Applying migration 0000_a.sql..."),
        ("Target: project Shop staging (abc) · production", False, "Target: project Shop staging (abc)"),
        ("Confirmed by --yes: Apply 2 migrations", False, None),
        ("Do you want to reset the local database? [y/N] y", True, None),
        ("WARN: no files matched pattern: supabase/seed.sql", True, None),
        (
            "WARN: no files matched pattern: supabase/rows/*.sql",
            True,
            "WARN: no files matched pattern: supabase/rows/*.sql",
        ),
        ("Remote database is up to date.", False, "Remote database is up to date."),
        ("Target: custom Postgres (db.example.test)", False, "Target: custom Postgres (db.example.test)"),
    ],
)
def test_lines(line: str, local: bool, shown: str | None) -> None:
    assert for_people(line, local=local) == shown


def test_what_tells_a_failure_is_kept_for_the_error_and_shown_where_it_was_none() -> None:
    shown: list[str] = []
    relay = Relay(shown.append, local=True)
    lines = ["Applying migration 0001_a.sql...", "NOTICE (00000): the error was handled", "more of it"]
    for line in lines:
        relay.hear(line)
    assert shown == lines[:1]
    relay.hear("Applying migration 0002_b.sql...")
    assert shown == [*lines, "Applying migration 0002_b.sql..."]
    for line in ("ERROR: syntax error (SQLSTATE 42601)", "At statement: 0"):
        relay.hear(line)
    relay.finish(lambda line: not line.startswith("ERROR"))
    assert shown[4:] == ["At statement: 0"]


def test_which_databases_are_here() -> None:
    assert is_here(None) and is_here(LOCAL) and is_here(at_url("postgresql://postgres@127.0.0.1:54322/postgres"))
    assert not is_here(at_url("postgresql://postgres@db.example.test:5432/postgres"))
    assert not is_here(linked_project("a" * 20, password="x"))


@pytest.mark.parametrize("name", ["0001_two words.sql", "0002_a...b.sql", "0003_plain.sql"])
def test_a_failure_belongs_to_the_file_whatever_its_name_is(name: str) -> None:
    text = (
        f"Applying migration 0000_before.sql...\nApplying migration {name}...\n"
        'ERROR: relation "x" does not exist (SQLSTATE 42P01)\nAt statement: 0\n'
    )
    error = failures.explain("push", CompletedProgram(("supabase",), 1, "", text))
    assert error.data["file"] == name


@pytest.mark.parametrize("name", ["supabase/two words.sql", "supabase/seed.sql"])
def test_a_seed_is_reported_whatever_its_name_is(name: str) -> None:
    text = f"Applying migration 0000_a b.sql...\nSeeding data from {name}...\nFinished supabase db reset.\n"
    steps = [found for line in text.splitlines() if (found := step(line))]
    assert [one.file for one in steps if one.kind == "seed"] == [name]
    assert [one.file for one in steps if one.kind == "migration"] == ["0000_a b.sql"]


def test_the_last_word_comes_last_though_it_was_read_first() -> None:
    shown: list[str] = []
    relay = Relay(shown.append, local=True)
    for line in ("Finished supabase db push.", "Applying migration 0000_a.sql..."):
        relay.hear(line)
    relay.finish()
    assert shown == ["Applying migration 0000_a.sql...", "Finished supabase db push."]
