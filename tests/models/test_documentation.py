"""docs/schema-language.md is run: every example is realised, and the SQL that it shows is what comes out."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import postgast
import pytest

from supabase_tasks import postgres
from supabase_tasks.models import Models, ddl, desired
from supabase_tasks.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "schema-language.md"
BLOCK = re.compile(r"^```(python|sql)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def _examples() -> tuple[str, list[tuple[str, str]]]:
    blocks = BLOCK.findall(PAGE.read_text())
    prelude = blocks.pop(0)[1]
    examples: list[tuple[str, str]] = []
    for language, text in blocks:
        if language == "python":
            examples.append((text, ""))
        else:
            examples[-1] = (examples[-1][0], text)
    return prelude, examples


PRELUDE, EXAMPLES = _examples()


def _normal(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip().rstrip(";").strip()


def test_the_page_has_examples_for_every_section() -> None:
    assert len(EXAMPLES) >= 14


@pytest.mark.parametrize(("code", "sql"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_example(
    code: str,
    sql: str,
    load: Callable[[str], Models],
    server: postgres.Server,
    settings: Settings,
    platform: str,
) -> None:
    models = load(PRELUDE + code)
    shown = {_normal(statement) for statement in postgast.split(sql)}
    assert shown - {_normal(item.sql) for item in ddl.ddl_statements(models)} == set(), (
        "SQL that the example does not produce"
    )
    server.drop(desired.build_desired(server, settings, models, platform))


def test_every_public_word_is_on_the_page() -> None:
    from supabase_tasks import schema

    page = PAGE.read_text()
    assert [word for word in schema.__all__ if not re.search(rf"\b{word}\b", page)] == []
