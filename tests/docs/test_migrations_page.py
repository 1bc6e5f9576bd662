"""docs/migrations.md: its table names every code that the check gives."""

import re
from pathlib import Path

PACKAGE = Path(__file__).parents[2]
TEXT = (PACKAGE / "docs" / "migrations.md").read_text()


def test_every_code_is_explained() -> None:
    source = (PACKAGE / "supabase_tasks" / "ledger" / "check.py").read_text()
    given = set(re.findall(r'Problem\(\s*"([a-z-]+)"', source)) | {"renamed", "deleted"}
    table = TEXT.split("| code |", 1)[1].split("\n\n", 1)[0]
    assert set(re.findall(r"`([a-z-]+)`(?=[,| ][^|]*\|[^|]*\|[^|]*\|$)", table, re.MULTILINE)) >= given
