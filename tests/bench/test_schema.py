from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.schema import build
from bench.workspace import neutral
from bench.write import drizzle, sqlmodel


@pytest.mark.parametrize("size", [1, 30, 95])
def test_a_schema_has_its_size_and_parents_come_first(size: int) -> None:
    tables = build(size).tables
    assert len(tables) == size == len({table.name for table in tables})
    seen: set[str] = set()
    for table in tables:
        assert table.parent is None or table.parent in seen or table.parent == table.name
        seen.add(table.name)


def test_one_column_more_is_one_line_more_on_both_sides() -> None:
    before, after = build(30), build(30).with_column("extra")
    for writer in (sqlmodel.models, drizzle.models):
        changed = {
            name: set(text.splitlines()) - set(writer(before)[name].splitlines())
            for name, text in writer(after).items()
            if text != writer(before)[name]
        }
        ((name, lines),) = changed.items()
        assert "part002" in name
        assert len(lines) == 1
        assert "extra" in lines.pop()


def test_the_models_are_python(tmp_path: Path) -> None:
    sqlmodel.write(tmp_path, build(25))
    for path in tmp_path.rglob("*.py"):
        ast.parse(path.read_text())
    assert (tmp_path / "supabase" / "migrations").is_dir()


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_neutral_migrations_cancel_each_other_out(count: int) -> None:
    texts = neutral(build(3), count)
    assert len(texts) == count
    added = [text.split(" add column ")[1].split(" ")[0] for text in texts if " add column " in text]
    dropped = [text.split(" drop column ")[1].rstrip(";\n") for text in texts if " drop column " in text]
    assert added == dropped
