"""docs/first-migration.md is run from its top to its end in an empty folder, and prints what the page says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support.pages import Walk, blocks

from supabase_tasks import postgres, settings, state_dir

PAGE = Path(__file__).parents[2] / "docs" / "first-migration.md"
pytestmark = pytest.mark.server


@pytest.fixture
def folder(tmp_path: Path, both_clis: None) -> Iterator[Path]:
    root = tmp_path / "shop"
    root.mkdir()
    yield root
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
        postgres.stop(settings.load(root))


def test_the_page_is_what_happens(folder: Path) -> None:
    walk = Walk(PAGE, folder.parent)
    for block in blocks(PAGE):
        if block["language"] == "python" and block["file"]:
            (folder / block["file"]).write_text(block["text"])
        elif block["language"] == "console":
            walk.console(block["text"], folder)
    walk.finish()
