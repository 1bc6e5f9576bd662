"""Running a program where `sh` does not work (Windows): for git and the linters, which need no terminal and no signals."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class TooLongError(Exception):
    """The program did not end within its time, and was ended."""


@dataclass(frozen=True, slots=True)
class EndedProgram:
    """A program's exit code and what it wrote."""

    code: int
    stdout: str
    stderr: str


def run(
    command: Sequence[str], *, env: Mapping[str, str], cwd: Path | None, stdin: str, timeout: float | None
) -> EndedProgram:
    """Run a program to its end, with `timeout` in seconds. Raises `OSError` when it cannot be started, `TooLongError`."""
    # Windows looks a bare name up in the folder we are in before PATH: a project would decide which git runs.
    program = command[0] if Path(command[0]).name != command[0] else shutil.which(command[0], path=env.get("PATH"))
    if program is None or not Path(program).is_absolute():
        raise FileNotFoundError(f"{command[0]} is not on PATH")
    try:
        done = subprocess.run(
            [program, *command[1:]],
            env=dict(env),
            cwd=cwd,
            input=stdin.encode(),
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TooLongError from error
    return EndedProgram(done.returncode, _text(done.stdout), _text(done.stderr))


def _text(written: bytes) -> str:
    return written.decode("utf-8", "replace").replace("\r\n", "\n")
