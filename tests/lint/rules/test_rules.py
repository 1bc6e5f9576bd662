"""Every rule: `bad.sql` is found as `bad.txt` says, `good.sql` is not, and its page shows both and is no worse.

`UPDATE_EXPECTED=1 pytest tests/lint/rules` writes `bad.txt` anew; read the difference before it is committed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from support import expected

from supabase_tasks.lint.history import History
from supabase_tasks.lint.ignores import Ignores
from supabase_tasks.lint.rule import Hit, Rule
from supabase_tasks.lint.rules import all_rules

HERE = Path(__file__).parent
PAGES = HERE.parents[2] / "docs" / "lint"
_BLOCK = re.compile(r"```sql\n(.*?)```", re.DOTALL)
Make = Callable[..., History]


def folder(rule: Rule) -> Path:
    return HERE / rule.name.replace("-", "_")


def found(rule: Rule, history: History) -> list[Hit]:
    ignores = {parsed.source.path: Ignores(parsed) for parsed in history.files}
    return [hit for hit in rule.check(history) if not ignores[hit.place.source.path].cover(rule.name, hit.place.line)]


def rendered(hits: list[Hit]) -> str:
    lines = [
        f"{hit.place.source.path}:{hit.place.line}:{hit.place.column}: {hit.message}\n    {hit.advice}\n"
        for hit in hits
    ]
    return "".join(sorted(lines))


each_rule = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)


@each_rule
def test_bad_sql_is_found(rule: Rule, history: Make) -> None:
    hits = rendered(found(rule, history((folder(rule) / "bad.sql").read_text())))
    assert hits
    assert expected.matches(folder(rule) / "bad.txt", hits), f"{expected.HINT}\n{hits}"


@each_rule
def test_good_sql_is_not_found(rule: Rule, history: Make) -> None:
    assert rendered(found(rule, history((folder(rule) / "good.sql").read_text()))) == ""


@each_rule
def test_the_page_shows_a_problem_that_is_found_and_a_solution_that_breaks_no_rule(rule: Rule, history: Make) -> None:
    text = (PAGES / f"{rule.name}.md").read_text()
    problem, solution = text.split("## Problem\n", 1)[1].split("## Solution\n", 1)
    assert any(found(rule, history(sql)) for sql in _BLOCK.findall(problem))
    for sql in _BLOCK.findall(solution):
        outcome = history(sql)
        broken = [(other.name, hit.message) for other in all_rules() for hit in found(other, outcome)]
        allowed = {"rls-without-policy"} if "create policy" not in sql else set()
        assert {name for name, _ in broken} <= allowed, broken


def test_every_folder_and_every_page_belongs_to_a_rule() -> None:
    names = {rule.name for rule in all_rules()}
    assert {path.stem for path in PAGES.glob("*.md")} - {"README"} == names
    assert {path.name.replace("_", "-") for path in HERE.iterdir() if path.is_dir() and path.name[0] != "_"} == names


def test_the_overview_lists_every_rule_with_its_severity() -> None:
    text = (PAGES / "README.md").read_text()
    rows = re.findall(r"^\| \[([\w-]+)\]\(([\w-]+)\.md\) \| (\w+) \| (.+) \|$", text, re.MULTILINE)
    assert rows == [(rule.name, rule.name, rule.severity, rule.summary) for rule in all_rules()]
