"""The README names every task, and every local page it links to is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from supabase_tasks.settings import Settings
from supabase_tasks.tasks import build

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [ROOT / "README.md", *ROOT.glob("docs/**/*.md")])


@pytest.mark.parametrize("name", sorted(build().task_names))
def test_the_readme_names_the_task(name: str) -> None:
    assert f"`{name}`" in README


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`((?:schema|supabase|migrations|nx)-[a-z-]+[a-z])`", README))))
def test_a_task_that_the_readme_names_exists(name: str) -> None:
    known = set(build().task_names)
    assert name in known | {"supabase-tasks", "supabase-db-push-preview"}


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text()
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    missing = [link for link in links if link and not (ROOT / page).parent.joinpath(link).exists()]
    assert missing == []


def test_the_settings_block_names_only_settings() -> None:
    block = README.split("```toml")[1].split("```")[0]
    names = set(re.findall(r"^(\w+) =", block, re.MULTILINE)) - {"protected"}
    assert names <= {field.name for field in fields(Settings)}


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bapp/[\w/]+\.(?:py|sql)\b", README))))
def test_a_file_of_the_reference_application_that_it_names_is_there(name: str) -> None:
    assert (ROOT / name).is_file()
