"""Records docs/first-ten-minutes.cast: the first ten minutes with supabase-tasks, at a real terminal, by the real programs.

`PYTHONPATH=tests python -m support.recording` writes it anew (asciicast version 2, https://docs.asciinema.org/manual/asciicast/v2/;
`asciinema play docs/first-ten-minutes.cast` shows it). What runs and is typed is in `record`; waiting is shortened to a second.
"""

from __future__ import annotations

import json
import os
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from support import clis
from support.pages import blocks
from support.terminal import DOWN, ENTER, Terminal

from supabase_tasks import state_dir

ROOT = Path(__file__).parents[2]
CAST = ROOT / "docs" / "first-ten-minutes.cast"
PAGE = ROOT / "docs" / "first-migration.md"
COLUMNS, ROWS = 100, 40
_TYPING, _LONGEST, _READING = 0.04, 1.0, 2.0


@dataclass(slots=True)
class Recording:
    """What was on the terminal, and when; `folder` is the project's."""

    folder: Path
    home: Path
    events: list[tuple[float, str]] = field(default_factory=list)
    _now: float = 0.0

    def run(self, command: str, *answers: tuple[str, Sequence[str]]) -> None:
        """Type `command`; of each answer type the keys once its text is on the screen."""
        self._show("$ ", _READING)
        for character in command:
            self._show(character, _TYPING)
        self._show("\r\n", _TYPING)
        shown = _Heard(["sh", "-c", command], self.folder, columns=COLUMNS, environment=self._environment())
        for text, keys in answers:
            shown.see(text)
            for key in keys:
                self._take(shown)
                self._now += _READING / 2
                shown.type(key)
        assert shown.end() == 0, shown.screen
        self._take(shown)

    def write(self, path: Path) -> None:
        """The recording as a file."""
        head = {"version": 2, "width": COLUMNS, "height": ROWS, "title": "supabase-tasks: the first ten minutes"}
        lines = [json.dumps(head), *(json.dumps([round(when, 3), "o", text]) for when, text in self.events)]
        path.write_text("\n".join(lines) + "\n")

    def _take(self, shown: _Heard) -> None:
        before = None
        for when, text in shown.heard:
            self._show(self._without_place(text), 0.0 if before is None else min(when - before, _LONGEST))
            before = when
        shown.heard.clear()

    def _show(self, text: str, pause: float) -> None:
        self._now += pause
        self.events.append((self._now, text))

    def _without_place(self, text: str) -> str:
        text = text.replace(str(self.home / "state"), "~/.cache/supabase-tasks").replace(str(self.home), "~")
        # As root, PostgreSQL's user cannot pass through another user's temporary folder.
        text = re.sub(r"/var/cache/supabase-tasks/for-[0-9a-f]+", "~/.cache/supabase-tasks", text)
        return text.replace(sys.prefix, "~/shop/.venv")

    def _environment(self) -> dict[str, str]:
        programs = (str(Path(sys.executable).parent), str(clis.path("3").parent), os.environ["PATH"])
        return {
            "PATH": os.pathsep.join(programs),
            "HOME": str(self.home),
            "SUPABASE_TASKS_LOCAL": "embedded",
            state_dir.ROOT_VARIABLE: str(self.home / "state"),
        }


class _Heard(Terminal):
    """A terminal that keeps what came, and when."""

    heard: list[tuple[float, str]]

    def take(self, text: str) -> None:
        if not hasattr(self, "heard"):
            self.heard = []
        self.heard.append((time.monotonic(), text))
        super().take(text)


def record(home: Path) -> Recording:
    """The session: docs/first-migration.md, with the questions answered by keys."""
    folder = home / "shop"
    folder.mkdir()
    first, second = [block["text"] for block in blocks(PAGE) if block["language"] == "python" and block["file"]]
    (folder / "models.py").write_text(first)
    made = Recording(folder, home)
    made.run("cat models.py")
    made.run("supabase-tasks init", ("[y/N]", ["y", ENTER]))
    made.run("inv --list")
    made.run("inv schema-generate --name first")
    made.run("cat supabase/migrations/0000_first.sql")
    made.run("inv supabase-db-reset")
    (folder / "models.new.py").write_text(second)
    made.run("diff models.py models.new.py; mv models.new.py models.py")
    made.run(
        "inv schema-generate",
        ("public.product.currency", [DOWN, ENTER]),
        ("Question 2", [ENTER]),
    )
    made.run("inv supabase-db-push-local")
    made.run("inv schema-check && inv migrations-lint")
    made.run("inv supabase-stop")
    return made


def main() -> None:
    """Record, and write the file."""
    with tempfile.TemporaryDirectory(prefix="st-recording-") as folder:
        Path(folder).chmod(0o755)
        record(Path(folder)).write(CAST)


if __name__ == "__main__":
    main()
