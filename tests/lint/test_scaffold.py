from pathlib import Path

import pytest

from supabase_tasks.lint import scaffold


def test_a_new_rule_has_module_page_and_snippets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scaffold, "_ROOT", tmp_path)
    assert scaffold.main(["no-blue-tables"]) == 0
    module = tmp_path / "supabase_tasks/lint/rules/no_blue_tables.py"
    space: dict[str, object] = {}
    exec(compile(module.read_text(), str(module), "exec"), space)
    assert space["RULE"].name == "no-blue-tables"
    assert (tmp_path / "docs/lint/no-blue-tables.md").exists()
    assert (tmp_path / "tests/lint/rules/no_blue_tables/bad.sql").exists()


def test_a_name_that_is_no_name_writes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(scaffold, "_ROOT", tmp_path)
    assert scaffold.main(["No Blue"]) == 2
    assert list(tmp_path.iterdir()) == []
