"""docs/first-migration.md is run from its top to its end in an empty folder, and prints what the page says.

`UPDATE_EXPECTED=1` writes into the page what was printed.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import clis

from supabase_tasks import postgres, settings, state_dir

PAGE = Path(__file__).parents[2] / "docs" / "first-migration.md"
BLOCK = re.compile(r"(?:`(?P<file>[\w./]+)`:\n\n)?```(?P<language>\w+)\n(?P<text>.*?)```\n", re.DOTALL)
# What differs from run to run: seconds, ports, versions of what is installed.
MASKS = (
    (re.compile(r"\d+(\.\d+)? s\b"), "N s"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"passfile=\S+"), "passfile=PATH"),
    (re.compile(r'"3\.\d+"'), '"3.N"'),
)
_PROGRESS = re.compile(r"[a-z].* …$")
pytestmark = pytest.mark.server


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a console block and the lines it prints, `…` for any number of them."""

    command: str
    expected: str


def steps(text: str) -> Iterator[Step]:
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield Step(command, expected.rstrip("\n"))


def masked(text: str) -> str:
    for pattern, instead in MASKS:
        text = pattern.sub(instead, text)
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines())


def printed_as(expected: str, printed: str) -> bool:
    parts = [re.escape(part) for part in re.split(r"^…$", masked(expected), flags=re.MULTILINE)]
    return re.fullmatch(".*".join(parts), masked(printed), re.DOTALL) is not None


@pytest.fixture
def folder(tmp_path: Path, both_clis: None) -> Iterator[Path]:
    root = tmp_path / "shop"
    root.mkdir()
    yield root
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
        postgres.stop(settings.load(root))


def run(command: str, folder: Path) -> str:
    # With the CLI that the tests have: installing one is not what the page is about.
    programs = os.pathsep.join((str(Path(sys.executable).parent), str(clis.path("3").parent), os.environ["PATH"]))
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SUPABASE", "GIT", "COLUMNS"))}
    environment = {
        **kept,
        "PATH": programs,
        "HOME": str(folder.parent),
        state_dir.ROOT_VARIABLE: str(folder.parent / "state"),
        "SUPABASE_TASKS_LOCAL": "embedded",
        "COLUMNS": "120",
    }
    done = subprocess.run(
        shlex.split(command),
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=300,
        check=False,
    )
    shown = re.sub(r"passfile=[^'\s]+/projects/", "passfile=~/.cache/supabase-tasks/projects/", done.stdout)
    # What is being done is said when it takes longer than a second.
    kept = [line for line in shown.replace(str(folder.parent), "~").splitlines() if not _PROGRESS.match(line)]
    return "\n".join(kept)


def test_the_page_is_what_happens(folder: Path) -> None:
    page, differs = PAGE.read_text(), []
    for block in BLOCK.finditer(page):
        if block["language"] == "python" and block["file"]:
            (folder / block["file"]).write_text(block["text"])
        for step in steps(block["text"]) if block["language"] == "console" else ():
            printed = run(step.command, folder)
            if not printed_as(step.expected, printed):
                differs.append((step, printed))
    if os.environ.get("UPDATE_EXPECTED"):
        for step, printed in differs:
            before = f"$ {step.command}\n{step.expected}\n" if step.expected else f"$ {step.command}\n"
            page = page.replace(before, f"$ {step.command}\n{printed.strip(chr(10))}\n", 1)
        PAGE.write_text(page)
        return
    assert not differs, "\n\n".join(f"$ {step.command}\n{masked(printed)}" for step, printed in differs)
