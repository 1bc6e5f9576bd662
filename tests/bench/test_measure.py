from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bench.measure import Contestant, MeasureError, interleaved, once

ROOT = Path(__file__).parents[2]


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_time_memory_code_and_output_of_a_process(tmp_path: Path) -> None:
    code = "import time, os; block = bytearray(80 * 2**20); time.sleep(0.2); print(os.environ['GREETING'], os.getcwd())"
    seconds, peak, exit_code, output = once(python(code), tmp_path, {"GREETING": "hello"})
    assert 0.2 < seconds < 5
    assert peak > 80
    assert exit_code == 0
    assert output.strip() == f"hello {tmp_path}"


def test_the_peak_is_the_programs_own() -> None:
    """Asked of a small process: until a program is executed the kernel counts what its parent has, and pytest grows."""
    inner = f"[{sys.executable!r}, '-c', 'block = bytearray(80 * 2**20)']"
    code = f"from pathlib import Path; from bench.measure import once; print(once({inner}, Path.cwd(), {{}})[1])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert 80 < float(done.stdout) < 200


def test_output_larger_than_a_pipe_does_not_hang(tmp_path: Path) -> None:
    _, _, _, output = once(python("print('x' * 1_000_000)"), tmp_path, {})
    assert len(output) == 1_000_001


def test_a_server_left_behind_does_not_hold_the_clock(tmp_path: Path) -> None:
    code = "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(3)'])"
    seconds, _, exit_code, _ = once(python(code), tmp_path, {})
    assert exit_code == 0
    assert seconds < 2.5


def test_contestants_take_turns_and_the_warm_round_is_thrown_away(tmp_path: Path) -> None:
    order: list[str] = []

    def contestant(name: str) -> Contestant:
        def before(number: int) -> None:
            order.append(f"{name}{number}")

        return Contestant(python("pass"), tmp_path, before=before)

    found = interleaved({"a": contestant("a"), "b": contestant("b")}, 2)
    assert order == ["a0", "b0", "a1", "b1", "a2", "b2"]
    assert [len(series.seconds) for series in found.values()] == [2, 2]


def test_a_contestant_that_fails_is_no_result(tmp_path: Path) -> None:
    tidied: list[int] = []
    failing = Contestant(python("raise SystemExit(3)"), tmp_path, after=tidied.append)
    with pytest.raises(MeasureError, match="exit code 3"):
        interleaved({"failing": failing}, 1)
    assert tidied == [0]


def test_a_contestant_is_judged_by_what_it_did(tmp_path: Path) -> None:
    lazy = Contestant(python("print('did nothing')"), tmp_path, done=lambda text: "generated" in text)
    with pytest.raises(MeasureError, match="did not do its job"):
        interleaved({"lazy": lazy}, 1)
