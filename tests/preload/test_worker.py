"""Chores: what a worker does for the next command when its own caller has gone."""

from __future__ import annotations

import json
import os
import shlex
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from support.preloading import call, command, helpers, ready, wait_for

from supabase_tasks import preload
from supabase_tasks.preload import client


@dataclass(frozen=True)
class Chore:
    """A chore that waits for the file `go` and then writes `marker`."""

    go: Path
    marker: Path

    def options(self, code: int = 0) -> str:
        return json.dumps({"go": str(self.go), "marker": str(self.marker), "code": code})

    def let_go(self) -> dict[str, object]:
        """Let the chore end; what it says of its process."""
        self.go.touch()
        told: dict[str, object] = json.loads(wait_for(self.marker))
        return told


@pytest.fixture
def chore(tmp_path: Path) -> Chore:
    return Chore(tmp_path / "go", tmp_path / "marker")


@pytest.mark.parametrize("code", [0, 1])
def test_a_chore_runs_when_the_caller_has_its_exit_code(helper: Path, chore: Chore, code: int) -> None:
    assert call("entry:defers", chore.options(code)) == (code, f"True True\nCODE {code}\n", "")
    assert not chore.marker.exists()
    chore.let_go()


def test_a_chore_has_nothing_of_the_callers_any_more(helper: Path, chore: Chore) -> None:
    call("entry:defers", chore.options())
    told = chore.let_go()
    assert told["streams"] == ["/dev/null"] * 3
    assert told["cwd"] == "/"


def test_a_reader_of_the_callers_output_does_not_wait_for_a_chore(helper: Path, chore: Chore) -> None:
    words = shlex.join(command("entry:defers", chore.options()))
    done = subprocess.run(["sh", "-c", f"{words} 2>&1 | cat"], capture_output=True, text=True, timeout=30)
    assert done.stdout == "True True\nCODE 0\n"
    assert not chore.marker.exists()
    chore.let_go()


def test_an_error_in_a_chore_is_swallowed_and_the_next_one_runs(helper: Path, chore: Chore) -> None:
    # The first of the two chores fails, each time.
    code, _, err = call("entry:defers", chore.options())
    assert (code, err) == (0, "")
    assert chore.let_go()["pid"]


def test_the_next_caller_does_not_wait_for_a_chore(helper: Path, chore: Chore) -> None:
    call("entry:defers", chore.options())
    assert call("entry:ends", '{"code": 4}')[1] == "CODE 4\n"
    assert not chore.marker.exists()
    chore.let_go()


def test_where_no_worker_runs_a_chore_is_refused_and_forgotten() -> None:
    done: list[str] = []
    assert not preload.defer(lambda: done.append("done"))
    preload.run_deferred()
    assert done == []


def test_chores_run_once_and_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preload, "_worker", True)
    done: list[int] = []
    for number in range(3):
        assert preload.defer(lambda number=number: done.append(number))
    assert done == []
    preload.run_deferred()
    preload.run_deferred()
    assert done == [0, 1, 2]


def test_a_chore_does_not_keep_the_next_helper_from_starting(helper: Path, cache: Path, chore: Chore) -> None:
    call("entry:defers", chore.options())
    (first,) = helpers(helper)
    os.kill(first, signal.SIGKILL)
    client.stop(cache / "preload")
    ready(cache)
    assert first not in helpers(helper)
    assert not chore.marker.exists()
    chore.let_go()
