"""The README names every task, and every local page it links to is there."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from supabase_tasks import settings
from supabase_tasks.lint import options as lint_options
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


@pytest.mark.parametrize("name", sorted(set(re.findall(r"\bapp/[\w/]+\.(?:py|sql)\b", README))))
def test_a_file_of_the_reference_application_that_it_names_is_there(name: str) -> None:
    assert (ROOT / name).is_file()


def test_every_setting_is_in_the_block_of_settings_and_the_block_can_be_loaded(tmp_path: Path) -> None:
    block = README.partition("## Settings")[2].partition("```toml\n")[2].partition("```")[0]
    named = set(re.findall(r"^(?:# )?(\w+) = ", block, re.MULTILINE)) | {"targets", "lint"}
    known = {one.name for one in fields(Settings)} - {"root"}
    assert known <= named
    assert named - known == {"protected", "promote_from"}
    for folder in ("supabase/migrations", "app/db/sql"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(block)
    loaded = settings.load(tmp_path)
    assert (loaded.target("preview").promote_from, lint_options.read(loaded).severities) == (
        "staging",
        {"rls-without-policy": "off"},
    )
