from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from invoke.context import Context
from invoke.exceptions import Exit
from support.terminal import CTRL_C, Terminal

from supabase_tasks import console
from supabase_tasks.error_text import render
from supabase_tasks.errors import CliError, SettingsError, TaskError, UnansweredError
from supabase_tasks.redaction import register
from supabase_tasks.tasks.boundary import task

Capture = pytest.CaptureFixture[str]


def exit_code(body: Callable[..., None], **options: object) -> int:
    with pytest.raises(Exit) as caught:
        task(body).body(Context(), **options)
    return int(caught.value.code)


def raising(error: BaseException) -> Callable[..., None]:
    def body(context: Context, json: bool = False) -> None:
        raise error

    return body


def test_an_expected_failure_is_message_cause_and_next_step_and_exit_1(capsys: Capture) -> None:
    error = CliError("it broke", cause="line one\nline two", next_step="inv doctor")
    assert exit_code(raising(error)) == 1
    assert capsys.readouterr().err == "error: it broke\n  line one\n  line two\nnext: inv doctor\n"


def test_an_expected_failure_as_json(capsys: Capture) -> None:
    assert exit_code(raising(CliError("it broke", data={"n": 1})), json=True) == 1
    document = json.loads(capsys.readouterr().out)
    assert document == {
        "ok": False,
        "error": {
            "code": "cli",
            "message": "it broke",
            "cause": None,
            "fix": None,
            "next_step": None,
            "data": {"n": 1},
        },
    }


def test_a_bug_shows_its_traceback_without_secrets_and_exit_3(capsys: Capture) -> None:
    register("s3cret-value")
    assert exit_code(raising(ZeroDivisionError("by s3cret-value"))) == 3
    err = capsys.readouterr().err
    assert "Traceback" in err
    assert "this is a bug" in err
    assert "s3cret-value" not in err


@pytest.mark.parametrize("error", [KeyboardInterrupt(), EOFError()])
def test_ctrl_c_and_the_end_of_input_are_exit_130(capsys: Capture, error: BaseException) -> None:
    assert exit_code(raising(error), json=True) == 130
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "interrupted"


@pytest.mark.parametrize(("kind", "first"), [("xterm-256color", "interrupted: half done"), ("dumb", "^C")])
def test_what_ctrl_c_leaves_on_the_screen_begins_a_line(tmp_path: Path, kind: str, first: str) -> None:
    code = (
        "import sys, time; from invoke.context import Context; from supabase_tasks.tasks.boundary import task\n"
        "def body(context):\n    print('ready', flush=True); time.sleep(60)\n"
        "task(body, interrupted='half done').body(Context())"
    )
    shown = Terminal([sys.executable, "-c", code], tmp_path, environment={"TERM": kind})
    shown.see("ready")
    shown.type(CTRL_C)
    shown.see("interrupted: half done")
    assert shown.line_after("ready") == first
    shown.kill()


def test_an_exit_of_the_body_passes_through() -> None:
    assert exit_code(raising(Exit(code=7))) == 7


def test_names_have_dashes_and_json_switches_the_output(capsys: Capture) -> None:
    def some_task(context: Context, json: bool = False) -> None:
        console.say("text")
        console.report({"n": 1})

    made = task(some_task)
    assert made.name == "some-task"
    made.body(Context(), json=True)
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"ok": True, "n": 1}
    assert captured.err == "text\n"


def test_codes_follow_from_the_class_names() -> None:
    assert [kind("x").code for kind in (SettingsError, UnansweredError, TaskError)] == [
        "settings",
        "unanswered",
        "task",
    ]
    assert SettingsError("x", code="other").code == "other"


def test_a_bare_failure_is_one_line() -> None:
    assert render(TaskError("only this")) == "error: only this"
