from __future__ import annotations

import json
import logging
import re
import threading

import pytest
from invoke.context import Context
from support.waiting import until

from supabase_tasks import console, progress
from supabase_tasks.errors import TaskError
from supabase_tasks.redaction import MASK, register
from supabase_tasks.tasks import boundary

Capture = pytest.CaptureFixture[str]


def test_text_goes_to_standard_output_and_notes_to_standard_error(capsys: Capture) -> None:
    console.say("result")
    console.note("progress")
    console.out("select 1;")
    console.report({"unseen": 1})
    captured = capsys.readouterr()
    assert captured.out == "result\nselect 1;\n"
    assert captured.err == "progress\n"


def test_json_mode_puts_exactly_one_document_on_standard_output(capsys: Capture) -> None:
    console.start(as_json=True)
    console.say("for people")
    console.out("select 1;")
    console.report({"n": 1, "text": "é"})
    console.report({"n": 2})
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"ok": True, "n": 1, "text": "é"}
    assert captured.err == "for people\n"


def test_an_error_is_reported_unless_a_result_already_was(capsys: Capture) -> None:
    console.start(as_json=True)
    console.report_error({"message": "x"})
    assert json.loads(capsys.readouterr().out) == {"ok": False, "error": {"message": "x"}}
    console.start(as_json=True)
    console.report({})
    console.report_error({"message": "x"})
    assert json.loads(capsys.readouterr().out) == {"ok": True}


def test_secrets_leave_by_no_door(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    register('s3"cret')
    monkeypatch.setattr("builtins.input", lambda: "y")
    console.say('s3"cret')
    console.note('s3"cret')
    console.out('s3"cret')
    console.ask('s3"cret?')
    console.table(["a"], [['s3"cret']])
    console.start(as_json=True)
    console.report({"x": 's3"cret'})
    captured = capsys.readouterr()
    assert "cret" not in captured.out + captured.err
    assert captured.out.count(MASK) == 4


def test_no_question_without_a_terminal_or_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert not console.interactive()
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert console.interactive()
    monkeypatch.setenv("CI", "1")
    assert not console.interactive()


def test_a_table_in_a_pipe_is_plain(capsys: Capture) -> None:
    console.table(["name", "state"], [["0001_a.sql", "applied"]], title="History")
    out = capsys.readouterr().out
    assert "0001_a.sql" in out
    assert "\x1b" not in out


def test_progress_outside_a_terminal_is_a_line_once_it_lasts(capsys: Capture) -> None:
    shown: list[str] = []
    with progress.during("replaying"):
        until(lambda: "replaying …" in "".join([*shown, shown.append(capsys.readouterr().err) or ""]) or None)
    assert "".join(shown).count("replaying …") == 1


def test_a_long_step_outside_a_terminal_says_how_long_it_lasts(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same line again would read as if the step began anew."""
    monkeypatch.setattr(progress, "_DELAY", 0.0)
    monkeypatch.setattr(progress, "_REPEAT", 0.1)
    shown: list[str] = []
    with progress.during("copying"):
        until(lambda: "".join([*shown, shown.append(capsys.readouterr().err) or ""]).count("copying …") > 1 or None)
    lines = "".join(shown).splitlines()
    assert lines[0] == "copying …"
    assert re.fullmatch(r"copying … \d+ s", lines[1])


def test_a_step_inside_of_another_one_gives_way_to_it_again() -> None:
    with progress.during("importing"):
        with progress.within("unpacking"):
            assert progress._now is not None and progress._now.what == "unpacking"
        assert progress._now is not None and progress._now.what == "importing"
        with progress.within("unpacking"):
            progress.step("comparing")
        assert progress._now is not None and progress._now.what == "comparing"


def test_what_is_over_at_once_is_not_told(capsys: Capture) -> None:
    with progress.during("blinking"):
        pass
    assert capsys.readouterr().err == ""


def test_what_works_in_the_background_is_not_told_after_the_end(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_DELAY", 0.0)
    progress.step("comparing")
    progress.end()
    other = threading.Thread(target=progress.step, args=("replaying",))
    other.start()
    other.join()
    shown: list[str] = []
    with progress.during("comparing again"):
        until(lambda: "comparing again …" in "".join([*shown, shown.append(capsys.readouterr().err) or ""]) or None)
    assert "replaying" not in "".join(shown)


def test_an_error_ends_what_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[object] = []
    monkeypatch.setattr(console, "note_text", lambda text: steps.append(progress._now))
    progress.step("comparing")
    boundary.exit_of(TaskError("wrong"))
    assert steps == [None]


def test_libraries_say_nothing_of_ours_where_models_set_up_logging(monkeypatch: pytest.MonkeyPatch) -> None:
    root, library = logging.getLogger(), logging.getLogger("sh")
    monkeypatch.setattr(root, "level", logging.INFO)
    monkeypatch.setattr(library, "level", logging.NOTSET)
    monkeypatch.setattr(logging.getLogger("alembic"), "level", logging.ERROR)
    for logger in (root, library):
        logger.manager._clear_cache()  # type: ignore[attr-defined]
    heard: list[bool] = []

    @boundary.task
    def listening(context: object) -> None:
        """Ask."""
        heard.extend(
            logging.getLogger(name).isEnabledFor(logging.INFO) for name in ("sh.command", "alembic.ddl", "shop")
        )
        heard.append(logging.getLogger("alembic").isEnabledFor(logging.WARNING))

    listening.body(Context())
    # The models' own lines go on, and who asked for less is not given more.
    assert heard == [False, False, True, False]
