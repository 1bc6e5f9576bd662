from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from supabase_tasks import process, process_without_sh

PATH = {"PATH": os.environ["PATH"]}


@pytest.fixture(autouse=True)
def no_sh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_has_sh", lambda: False)


def test_a_program_gives_its_exit_code_and_both_outputs() -> None:
    code = "import sys; print(sys.stdin.read().upper()); print('no', file=sys.stderr); sys.exit(3)"
    lines: list[str] = []
    done = process.run([sys.executable, "-c", code], check=False, stdin="a\nb", on_line=lines.append)
    assert (done.code, done.stdout, done.stderr) == (3, "A\nB\n", "no\n")
    assert lines == ["A", "B", "no"]


def test_a_failure_is_the_same_as_with_sh() -> None:
    with pytest.raises(process.ProcessError, match=r"ended with exit code 3"):
        process.run([sys.executable, "-c", "import sys; sys.exit(3)"])


def test_a_program_that_takes_too_long_is_ended() -> None:
    with pytest.raises(process.ProcessError, match=r"took longer than 0\.1 s and was ended"):
        process.run([sys.executable, "-c", "import time; time.sleep(60)"], timeout=0.1)


def test_a_program_that_is_missing_is_named() -> None:
    with pytest.raises(process.ProcessError, match="no-such-program cannot be started"):
        process.run(["no-such-program"])


def test_the_environment_is_the_allowed_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_SECRET", "x")
    code = "import os; print(os.environ.get('MY_SECRET'), os.environ.get('GIVEN'))"
    assert process.run([sys.executable, "-c", code], env={"GIVEN": "y"}).stdout == "None y\n"


def test_a_program_of_the_folder_we_are_in_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tool"
    program.write_text("#!/bin/sh\necho ours\n")
    program.chmod(0o755)
    monkeypatch.chdir(tmp_path)
    for path in (PATH["PATH"], f".{os.pathsep}{PATH['PATH']}"):
        with pytest.raises(FileNotFoundError):
            process_without_sh.run(["tool"], env={"PATH": path}, cwd=None, stdin="", timeout=None)
