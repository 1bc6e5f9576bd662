"""The documentation's index, llms.txt and the skill for agents: complete, and true to the tasks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from supabase_tasks import collection

ROOT = Path(__file__).parents[2]
SKILL = ROOT / ".agents/skills/supabase-tasks/SKILL.md"
_LINK = re.compile(r"\]\(([^)#]+)")


@pytest.mark.parametrize("name", ["llms.txt", "docs/README.md", "README.md"])
def test_every_link_leads_somewhere(name: str) -> None:
    page = ROOT / name
    broken = [
        link for link in _LINK.findall(page.read_text()) if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []


def test_the_index_names_every_page() -> None:
    named = set(_LINK.findall((ROOT / "docs/README.md").read_text()))
    assert {path.name for path in (ROOT / "docs").glob("*.md")} - {"README.md"} <= named


def test_the_skill_names_only_tasks_and_options_that_exist() -> None:
    text = SKILL.read_text()
    tasks = {task.name: task for task in collection().tasks.values()}
    named = re.findall(r"`(?:inv )?((?:schema|supabase|migrations|doctor|init)[a-z-]*)(?= |`)", text)
    assert len(named) > 8
    known = {option for task in tasks.values() for argument in task.get_arguments() for option in argument.names}
    assert set(named) - {"supabase-tasks"} <= tasks.keys()
    assert {option.removeprefix("--") for option in re.findall(r"--[a-z][a-z-]+", text)} <= known | {"help"}


def test_the_skill_has_the_head_that_agents_read() -> None:
    head = SKILL.read_text().split("---")[1]
    assert re.search(r"^name: supabase-tasks$", head, re.MULTILINE)
    assert re.search(r"^description: .{40,}$", head, re.MULTILINE)
