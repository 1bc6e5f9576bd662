"""Commands to paste: what counts as one, and how words are quoted."""

from __future__ import annotations

import shlex
import subprocess

import pytest

from supabase_tasks import command_line
from supabase_tasks.error_text import render
from supabase_tasks.errors import TaskError


@pytest.mark.parametrize(
    "words", [["it's"], ["a b", "$HOME"], ["x='a'"], ["`id`"], ['"'], ["\\"], ["!x'"], ["''"], ["ü", "*"], ["'$(id)'"]]
)
def test_a_shell_reads_the_words_that_were_meant(words: list[str]) -> None:
    text = command_line.join("printf", r"%s\n", *words)
    assert shlex.split(text)[2:] == words
    done = subprocess.run(["sh", "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout == "".join(f"{word}\n" for word in words)


@pytest.mark.parametrize(
    "word",
    [
        "postgresql://a:Tr0ub4dor@h/d",
        "--from=postgresql://a:Tr0ub4dor@h/d",
        "postgres:Tr0ub4dor@127.0.0.1:5432/postgres",
        "postgresql:/a:Tr0ub4dor@h/d",
        "postgres//a:Tr0ub4dor@h/d",
        "postgresql://a:Tr0ub4dor",
        "--from=postgresql://a:Tr0ub4dor/d",
        "host=h user=a password=Tr0ub4dor",
    ],
)
def test_a_password_is_not_repeated(word: str) -> None:
    text = command_line.join("inv", word)
    assert "Tr0ub4dor" not in text and text.endswith('"$DATABASE_URL"')


@pytest.mark.parametrize(
    "word", ["public.t.mail='mailto:a@b'", "public.t.password=x", "a:b", "user@host", "postgresql://h:5432/d"]
)
def test_what_holds_no_password_is_repeated(word: str) -> None:
    assert shlex.split(command_line.join("inv", word)) == ["inv", word]


@pytest.mark.parametrize(
    "text", ["inv schema-check", "cd shop && inv x", "git init", "export A=1", "npx supabase login"]
)
def test_commands(text: str) -> None:
    assert command_line.is_command(text)


@pytest.mark.parametrize(
    "text",
    [
        "correct models in [tool.supabase-tasks]",
        "inv init  (or set models)",
        "export A=…",
        "supabase link --project-ref <ref>",
        "git pull, or inv supabase-status",
        "inv x 'unclosed",
        "",
    ],
)
def test_instructions_are_no_commands(text: str) -> None:
    assert not command_line.is_command(text)


def test_an_edit_is_followed_by_the_command_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/x/bin/inv", "schema-generate", "--name", "two words"])
    error = TaskError("broken", next_step="correct the file, then run the same command again", others=("inv doctor",))
    assert render(error).split("\n")[1:] == [
        "fix: correct the file",
        "next: inv schema-generate --name 'two words'",
        "or: inv doctor",
    ]


def test_what_was_started_as_supabase_tasks_goes_on_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/x/bin/supabase-tasks", "-C", "my shop", "schema-check"])
    error = TaskError("late", next_step="inv schema-generate")
    assert render(error).endswith("next: supabase-tasks -C 'my shop' schema-generate")


def test_options_are_added_to_those_that_were_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["inv", "schema-generate", "--allow=data-loss", "--name", "x"])
    made = command_line.with_options(("--allow", "data-loss", "--rename", "a.b:a.c"), "inv schema-generate")
    assert made == "inv schema-generate --allow=data-loss --name x --rename a.b:a.c"


@pytest.mark.parametrize(
    "text", ["correct a.sql, then: inv supabase-db-reset", "correct a.sql, then `inv supabase-db-reset`"]
)
def test_an_edit_may_name_the_command_that_goes_on(text: str) -> None:
    advice = TaskError("broken", next_step=text).advice
    assert (advice.fix, advice.command) == ("correct a.sql", "inv supabase-db-reset")


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("postgresql://u:pa@ss:w/o#rd@127.0.0.1:1/db", '"$DATABASE_URL"'),
        ("--from=postgresql://u:secret@h/db", '--from="$DATABASE_URL"'),
        ("postgresql://u@h:5432/db", "postgresql://u@h:5432/db"),
        ("https://example.test/a:b", "https://example.test/a:b"),
    ],
)
def test_a_url_with_a_password_is_a_variable_of_the_command(word: str, shown: str) -> None:
    """What is printed has no password, and would be another command with the stars that take its place."""
    assert command_line.join("inv", word) == f"inv {shown}"
    assert command_line.is_command(f"inv {shown}")


def test_a_name_is_written_and_read_alike() -> None:
    from supabase_tasks.diff.ddl.names import join_dotted, split_dotted

    for parts in (("public", "t", "c"), ("a.b", 'c"d', ""), ("Größe x", "y=z", "it's: 'q'"), ('"', ".", "..")):
        assert split_dotted(join_dotted(*parts)) == parts
    assert split_dotted('public.na"me') == ("public", 'na"me')
