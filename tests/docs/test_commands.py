"""Every command that a page shows exists, with its options: `inv …`, `supabase-tasks …`, hooks and nx targets."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from invoke.parser import Parser

from bench.tasks import bench
from supabase_tasks.tasks import build

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md"), *(ROOT / ".agents").rglob("*.md")]
)
TARGETS = frozenset(json.loads((ROOT / "project.json").read_text())["targets"])
_INLINE = re.compile(r"`((?:inv|supabase-tasks|nx run) [^`\n]+)`")
_BLOCK = re.compile(r"^```(?:bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_SHOWN = re.compile(r"^(?:\$ )?(?:uv run |\.venv/bin/|npx )?((?:inv|supabase-tasks|nx run) .+)$", re.MULTILINE)
# Invoke's own; a task's options are its own parser's.
_INVOKE = ("--list", "-l", "--version", "--help", "-h", "--print-completion-script")


def shown(page: Path) -> set[str]:
    text = page.read_text()
    found = {match[1] for block in _BLOCK.finditer(text) for match in _SHOWN.finditer(block[1])}
    return found | {match[1] for match in _INLINE.finditer(text)}


def commands() -> Iterator[object]:
    for page in PAGES:
        for command in sorted(shown(page)):
            # An ellipsis or a placeholder stands for what the reader puts there.
            if not re.search(r"…|<[a-z]|\bTASK\b|\bFOLDER\b|\bfolder task\b", command):
                yield pytest.param(command, id=f"{page.relative_to(ROOT)}: {command}")


@pytest.mark.parametrize("command", list(commands()))
def test_the_command_exists_with_its_options(command: str) -> None:
    words = shlex.split(command, comments=True)
    if words[0] == "nx":
        words = _of_target(words)
    words = _without_folder(words[1:])
    if not words or words[0] in _INVOKE:
        return
    contexts = build(bench).to_contexts()
    if len(words) == 1:
        # Its name alone speaks of the task.
        assert words[0] in {context.name for context in contexts}
    else:
        assert Parser(contexts=contexts).parse_argv(words)


def _of_target(words: list[str]) -> list[str]:
    # A configuration may stand behind it.
    target = words[2].split(":")[1]
    assert target in TARGETS
    return ["inv", target, *(words[4:] if words[3:4] == ["--"] else [])]


def _without_folder(words: list[str]) -> list[str]:
    """Without the console script's `-C FOLDER` and what a shell does with the output."""
    words = words[2:] if words[:1] == ["-C"] else words
    end = next((i for i, word in enumerate(words) if word in ("&&", "|", ">", ">>", ";")), len(words))
    return words[:end]
