from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.running import alive

from supabase_tasks import child_environment, process
from supabase_tasks.process import ProcessError, run
from supabase_tasks.redaction import MASK, register


def shell(script: str, **options: object) -> process.CompletedProgram:
    return run(["sh", "-c", script], **options)  # type: ignore[arg-type]


def test_output_and_exit_code_are_kept_apart() -> None:
    done = shell("echo out; echo err >&2; exit 3", check=False)
    assert (done.code, done.stdout, done.stderr) == (3, "out\n", "err\n")
    assert done.output == "out\nerr"


@pytest.mark.parametrize("timeout", [None, 10.0])
def test_the_whole_output_of_a_short_program_is_read(timeout: float | None) -> None:
    for _ in range(5):
        assert run(["echo", "x" * 1000], timeout=timeout).stdout == "x" * 1000 + "\n"


def test_a_failure_shows_program_and_the_redacted_end_of_its_output() -> None:
    register("s3cret-value")
    with pytest.raises(ProcessError) as caught:
        shell("echo before; echo s3cret-value >&2; exit 4")
    error = caught.value
    assert "ended with exit code 4" in error.message
    assert error.cause == f"before\n{MASK}"
    assert error.data == {"program": "sh", "exit_code": 4}
    assert "s3cret" not in str(error.as_json())


@pytest.mark.parametrize("name", ["no-such-program-anywhere", "/no/such/program"])
def test_a_missing_program_is_one_error(name: str) -> None:
    with pytest.raises(ProcessError, match="cannot be started"):
        run([name])


def test_arguments_are_never_seen_by_a_shell() -> None:
    assert run(["printf", "%s|", "$HOME", "a b", "*", "`id`", ""]).stdout == "$HOME|a b|*|`id`||"


def test_the_environment_is_laid_over_and_none_removes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "k")
    monkeypatch.setenv("LC_TIME", "g")
    done = shell('echo "$TZ-${LC_TIME-unset}-$NEW"', env={"LC_TIME": None, "NEW": "n"})
    assert done.stdout == "k-unset-n\n"


def test_only_what_the_allow_list_names_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = (
        "SUPABASE_PROJECT_ID",
        "SUPABASE_DB_PASSWORD",
        "GITHUB_TOKEN",
        "PGOPTIONS",
        "ANYTHING",
        "GIT_DIR",
        "HTTPS_PROXY",
    )
    for name in (*hidden, "LC_NUMERIC"):
        monkeypatch.setenv(name, "set")
    seen = shell("env").stdout.splitlines()
    assert not [line for line in seen if line.startswith(hidden)]
    assert "LC_NUMERIC=set" in seen


def test_a_caller_adds_what_its_program_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GIT_INDEX_FILE", "HTTPS_PROXY", "NPM_TOKEN"):
        monkeypatch.setenv(name, "set")
    seen = shell("env", keeps=(*child_environment.GIT, *child_environment.NETWORK)).stdout.splitlines()
    assert {"GIT_INDEX_FILE=set", "HTTPS_PROXY=set"} <= set(seen)
    assert "NPM_TOKEN=set" not in seen


def test_without_input_a_reader_sees_the_end_at_once() -> None:
    begun = time.monotonic()
    assert run(["cat"], timeout=10).stdout == ""
    assert time.monotonic() - begun < 5
    assert run(["cat"], stdin="héllo").stdout == "héllo"


def test_bytes_that_are_no_text_do_not_break_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "C")
    assert run(["printf", r"\303\251\377\n"]).stdout == "é\ufffd\n"


def test_lines_come_redacted_while_it_runs() -> None:
    register("s3cret-value")
    seen: list[str] = []
    done = shell("echo one s3cret-value; echo two >&2", on_line=seen.append)
    assert sorted(seen) == [f"one {MASK}", "two"]
    assert "s3cret-value" in done.stdout


def test_only_standard_error_is_followed_when_standard_output_is_a_product() -> None:
    seen: list[str] = []
    assert shell("echo product; echo progress >&2", on_line=seen.append, follow="stderr").stdout == "product\n"
    assert seen == ["progress"]


def test_a_time_limit_ends_the_program_and_its_children(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    with pytest.raises(ProcessError, match=r"took longer than 0\.3 s"):
        shell(f"sleep 60 & echo $! > {pid_file}; wait", timeout=0.3)
    assert not alive(int(pid_file.read_text()))


# It interrupts itself as soon as it waits for the program.
INTERRUPTED = """
import os, pathlib, signal, sys, threading, traceback
from support.waiting import until
from supabase_tasks.process import run

main, pid_file = threading.get_ident(), pathlib.Path(sys.argv[1])

def interrupt():
    until(lambda: pid_file.exists() and pid_file.read_text().strip())
    until(lambda: any(frame.f_code.co_name == "_wait" for frame, _ in traceback.walk_stack(sys._current_frames()[main])))
    os.kill(os.getpid(), signal.SIGINT)

threading.Thread(target=interrupt, daemon=True).start()
run(["sh", "-c", f"sleep 60 & echo $! > {pid_file}; wait"])
"""


def test_ctrl_c_ends_the_program_before_it_reaches_the_caller(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    command = [sys.executable, "-c", INTERRUPTED, str(pid_file)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    child = subprocess.run(command, stderr=subprocess.PIPE, env=environment, timeout=60)
    assert b"KeyboardInterrupt" in child.stderr
    assert not alive(int(pid_file.read_text()))


# It interrupts itself between two moments of the start: right after the fork, and when the program is known and not yet
# waited for. The pipe is open for as long as the program lives.
INTERRUPTED_AT_START = """
import os, select, signal, sys
from supabase_tasks import process

reader, writer = os.pipe()

def interrupt(frame, event, argument):
    if event == "call" and frame.f_code.co_name == "_wait" and frame.f_code.co_filename == process.__file__:
        os.kill(os.getpid(), signal.SIGINT)

if sys.argv[1] == "fork":
    os.register_at_fork(after_in_parent=lambda: os.kill(os.getpid(), signal.SIGINT))
else:
    sys.setprofile(interrupt)
try:
    with process.inherit_descriptor(writer):
        process.run(["sleep", "60"])
except KeyboardInterrupt:
    os.close(writer)
    print("interrupted", "ended" if select.select([reader], [], [], 20)[0] else "still there")
"""


@pytest.mark.parametrize("moment", ["fork", "wait"])
def test_ctrl_c_while_the_program_starts_ends_it_too(moment: str) -> None:
    child = subprocess.run([sys.executable, "-c", INTERRUPTED_AT_START, moment], capture_output=True, timeout=60)
    assert child.stdout == b"interrupted ended\n", child.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can start programs as somebody else")
def test_root_can_start_it_as_another_user() -> None:
    assert run(["id", "-u"], uid=65534, cwd=Path("/")).stdout == "65534\n"
