"""The run on docs/adopting.md is run, in a copy of `template/`: commands, diffs, and the SQL that is written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pages import Walk, blocks, masked

from supabase_tasks import postgres, settings, state_dir

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "adopting.md"
TEMPLATE = Path(__file__).parent / "template"
# Pages whose console blocks a test runs: this one's, and that of test_first_migration.py.
FOLLOWED = {"docs/adopting.md", "docs/first-migration.md"}
pytestmark = pytest.mark.server


@pytest.fixture
def project(tmp_path: Path, both_clis: None) -> Iterator[Path]:
    root = tmp_path / "template"
    shutil.copytree(TEMPLATE, root)
    (root / "README.md").unlink()
    git(root, "init", "--quiet", "--initial-branch=master")
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--message=as it was")
    git(root, "update-ref", "refs/remotes/origin/master", "HEAD")
    yield root
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
        postgres.stop(settings.load(root / "backend"))


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.test"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_the_run_is_what_happens(project: Path) -> None:
    backend, walk = project / "backend", Walk(PAGE, project.parent)
    page = PAGE.read_text()
    for block in blocks(PAGE):
        if block.start() < page.index("## A run on"):
            continue
        if block["language"] == "console":
            walk.console(block["text"], backend)
        elif block["language"] == "diff":
            (project / "change.diff").write_text(block["text"])
            git(project, "apply", "change.diff")
            (project / "change.diff").unlink()
        elif block["language"] == "sql":
            page = compared(page, block["text"], max((backend / "supabase/migrations").iterdir()).read_text())
    if os.environ.get("UPDATE_EXPECTED"):
        PAGE.write_text(page)
    walk.finish()


def compared(page: str, shown: str, written: str) -> str:
    if os.environ.get("UPDATE_EXPECTED"):
        return page.replace(shown, written, 1)
    assert masked(shown) == masked(written)
    return page


def test_every_console_block_is_on_a_page_that_is_followed() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]
    shown = {page.relative_to(ROOT).as_posix() for page in pages if re.search(r"^```console$", page.read_text(), re.M)}
    assert shown == FOLLOWED
