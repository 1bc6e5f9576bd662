"""A page of the documentation, followed: its console blocks are run in order, and what they print is compared.

`UPDATE_EXPECTED=1` writes into the page what was printed. `…` on a line of its own stands for lines left out.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from support import clis

from supabase_tasks import state_dir

BLOCK = re.compile(r"(?:`(?P<file>[\w./]+)`:\n\n)?```(?P<language>\w+)\n(?P<text>.*?)```\n", re.DOTALL)
# What differs from run to run and from machine to machine: times, ports, versions of what is installed, where it is.
_MASKS = (
    (re.compile(r"\d+(\.\d+)? s\b"), "N s"),
    (re.compile(r"127\.0\.0\.1:\d+"), "127.0.0.1:PORT"),
    (re.compile(r"passfile=\S+"), "passfile=PATH"),
    (re.compile(r"^\S*psql "), "psql "),
    (re.compile(r'"3\.\d+"'), '"3.N"'),
    (re.compile(r"\b[\d.]+ [KM]iB since .*|\b[\d.]+ (?:B|[KM]iB)$"), "SIZE"),
    (re.compile(r"-[0-9a-f]{12}\b"), "-KEY"),
    (re.compile(r"^index [0-9a-f.]+ "), "index "),
    # What `inv doctor` finds on the machine.
    (
        re.compile(
            r"^[✓·✗]\s+(Python|supabase-tasks|sqlmodel|sqlalchemy|alembic|psycopg|invoke|PostgreSQL \(embedded\)"
            r"|real extensions|Supabase CLI|node|npm|Docker|squawk|git|pre-commit|helper)\s.*"
        ),
        r"✓ \1 …",
    ),
    (re.compile(r" {2,}"), "  "),
)
# What other tests left on the machine, and the line that says how it goes.
_LEFT_BY_OTHERS = re.compile(r"^· +projects gone .*\n( +→ .*\n)?", re.MULTILINE)
_PROGRESS = re.compile(r"[a-z].* …$")


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a console block and the lines it prints."""

    command: str
    expected: str

    @property
    def shown(self) -> str:
        return f"$ {self.command}\n{self.expected}\n" if self.expected else f"$ {self.command}\n"


@dataclass(slots=True)
class Walk:
    """The commands of a page, run in `folder`; the person's home is the folder above `home`."""

    page: Path
    home: Path
    variables: dict[str, str] = field(default_factory=dict)
    differs: list[tuple[Step, str]] = field(default_factory=list)

    @property
    def state(self) -> Path:
        return self.home / "state"

    def console(self, block: str, folder: Path) -> None:
        """Run the commands of a console block."""
        for step in steps(block):
            printed = self.run(step.command, folder)
            if not printed_as(step.expected, printed):
                self.differs.append((step, printed))

    def run(self, command: str, folder: Path) -> str:
        """What the command prints, without what tells progress."""
        # With the CLI that the tests have: installing one is not what a page is about.
        programs = (str(Path(sys.executable).parent), str(clis.path("3").parent), os.environ["PATH"])
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("SUPABASE", "GIT", "COLUMNS"))}
        environment = {
            **kept,
            "PATH": os.pathsep.join(programs),
            "HOME": str(self.home),
            state_dir.ROOT_VARIABLE: str(self.state),
            "SUPABASE_TASKS_LOCAL": "embedded",
            "COLUMNS": "120",
            **self.variables,
        }
        done = subprocess.run(
            ["sh", "-c", command],
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
        places = {
            str(self.state): "~/.cache/supabase-tasks",
            str(self.home): "~",
            sys.prefix: "~/venv",
            str(clis.path("3")): "~/.cache/supabase-tasks/cli/3.1.0/supabase",
        }
        for place, instead in places.items():
            shown = shown.replace(place, instead)
        return "\n".join(line.rstrip() for line in shown.splitlines() if not _PROGRESS.match(line))

    def finish(self) -> None:
        """Fail for what differs, or write it into the page."""
        if not os.environ.get("UPDATE_EXPECTED"):
            assert not self.differs, "\n\n".join(f"$ {step.command}\n{printed}" for step, printed in self.differs)
            return
        text = self.page.read_text()
        for step, printed in self.differs:
            assert step.shown in text, step.shown
            text = text.replace(step.shown, Step(step.command, printed.strip("\n")).shown, 1)
        self.page.write_text(text)


def blocks(page: Path) -> Iterator[re.Match[str]]:
    """The code blocks of a page; `file` is the name that stands above one."""
    yield from BLOCK.finditer(page.read_text())


def steps(text: str) -> Iterator[Step]:
    """The commands of a console block."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        yield Step(command, expected.rstrip("\n"))


def masked(text: str) -> str:
    """The text without what differs from run to run."""
    return "\n".join(_masked_line(line) for line in _LEFT_BY_OTHERS.sub("", text.strip("\n")).splitlines())


def _masked_line(line: str) -> str:
    for pattern, instead in _MASKS:
        line = pattern.sub(instead, line)
    return line.rstrip()


def printed_as(expected: str, printed: str) -> bool:
    """Whether `printed` is what the page shows."""
    parts: Sequence[str] = [re.escape(part) for part in re.split(r"^…$", masked(expected), flags=re.MULTILINE)]
    return re.fullmatch(".*".join(parts), masked(printed), re.DOTALL) is not None
