"""docs/migrations.md: its commands exist, and its table names every code that the check gives."""

import re
import shlex
from pathlib import Path

import pytest
from invoke.parser import Parser

from supabase_tasks import collection

PACKAGE = Path(__file__).parents[2]
TEXT = (PACKAGE / "docs" / "migrations.md").read_text()
COMMANDS = sorted({*re.findall(r"`(inv [^`]+)`", TEXT), *re.findall(r"^inv .+$", TEXT, re.MULTILINE)})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_exists_with_its_options(command: str) -> None:
    words = shlex.split(command)[1:]
    parsed = Parser(contexts=collection().to_contexts()).parse_argv(words)
    assert [context.name for context in parsed] == [words[0]]


def test_every_code_is_explained() -> None:
    source = (PACKAGE / "supabase_tasks" / "ledger" / "check.py").read_text()
    given = set(re.findall(r'Problem\(\s*"([a-z-]+)"', source)) | {"renamed", "deleted"}
    table = TEXT.split("| code |", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`([a-z-]+)`(?=[,| ][^|]*\|[^|]*\|[^|]*\|$)", table, re.MULTILINE)) >= given
