"""`python .ci/resolve.py`: does every dependency have a wheel, for each platform and Python that a team may sit at?

Asks uv, which resolves for a platform that is not this one, and prints one table: what the package itself needs, and what each of
its extras with programs in it needs. Exits with 1 when the package alone does not install somewhere.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
# uv's names for what wheels call macosx_11_0_arm64, macosx_11_0_x86_64, win_amd64, manylinux_2_17 and musllinux_1_2.
PLATFORMS = (
    "aarch64-apple-darwin",
    "x86_64-apple-darwin",
    "x86_64-pc-windows-msvc",
    "x86_64-manylinux_2_17",
    "aarch64-manylinux_2_17",
    "x86_64-manylinux_2_34",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-musl",
)
EXTRAS = ("", "postgres", "squawk")
# No wheel for an Intel Mac; its source needs the C compiler of the command line tools, which pip calls by itself.
FROM_SOURCE = {"x86_64-apple-darwin": "postgast"}
_UV = Path(sysconfig.get_path("scripts")) / "uv"


@dataclass(frozen=True)
class Cell:
    """One question: a platform, a Python, an extra (or none)."""

    platform: str
    python: str
    extra: str

    def resolves(self) -> bool:
        """Whether everything has a wheel. An index page that an earlier cell brought is not asked for again: what resolves
        with those does resolve, and only a no is asked for once more."""
        return self._ask("--offline") or self._ask()

    def _ask(self, *options: str) -> bool:
        command = [str(_UV), "pip", "compile", "--quiet", "--no-header", "--python-platform", self.platform, *options]
        command += ["--python-version", self.python, "--only-binary", ":all:"]
        if self.platform in FROM_SOURCE:
            command += ["--no-binary", FROM_SOURCE[self.platform]]
        if self.extra:
            command += ["--extra", self.extra]
        # uv's own floor for a Mac is newer than what the wheels say.
        environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": "11.0"}
        done = subprocess.run(
            [*command, str(ROOT / "pyproject.toml")], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode and not options and "No solution found" not in done.stderr:
            raise RuntimeError(done.stderr)
        return done.returncode == 0


def rows(answers: dict[Cell, bool]) -> Iterator[tuple[str, ...]]:
    """The table, by platform: per extra the Pythons that resolve."""
    yield ("platform", *(extra or "supabase-tasks" for extra in EXTRAS))
    for platform in PLATFORMS:
        found = []
        for extra in EXTRAS:
            pythons = [python for python in PYTHONS if answers[Cell(platform, python, extra)]]
            found.append("all" if len(pythons) == len(PYTHONS) else " ".join(pythons) or "none")
        source = f" ({FROM_SOURCE[platform]} from source)" if platform in FROM_SOURCE else ""
        yield (f"{platform}{source}", *found)


def main() -> int:
    cells = [Cell(platform, python, extra) for extra in EXTRAS for platform in PLATFORMS for python in PYTHONS]
    # Fetches the index as it is today.
    Cell("x86_64-manylinux_2_34", "3.12", "")._ask()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        answers = dict(zip(cells, pool.map(Cell.resolves, cells), strict=True))
    table = list(rows(answers))
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        print("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip())
    return 0 if all(answer for cell, answer in answers.items() if not cell.extra) else 1


if __name__ == "__main__":
    sys.exit(main())
