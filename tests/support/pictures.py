"""The pictures of the documentation, made anew: `PYTHONPATH=tests python -m support.pictures`.

A copy of the reference application gets a small change; its review page, its diagram and the diagram of the change are
photographed by a real browser.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from support import browser

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
COMMENTS = "app/db/schema/project/comments.py"
# What a reviewer meets in one small change: a new column with an index, a column that may be empty now, a policy.
EDITS = (
    (
        "    resolved_at: datetime",
        '    resolved_by: UUID | None = Field(default=None, foreign_key="profiles.id", index=True)\n    resolved_at: datetime',
    ),
    ("between 1 and 4000", "between 1 and 8000"),
    (
        '        Policy("Authors delete comments",',
        '        Policy("Editors delete comments", "delete", authenticated, '
        "using=lambda t: can_edit_scene(t.c.scene_id)),\n"
        '        Policy("Authors delete comments",',
    ),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        pages = _pages(Path(folder))
        with browser.browsing() as page:
            for name, (path, width, height) in pages.items():
                page.open(path, width, height)
                page.save(IMAGES / f"{name}.png", whole=height == 0)
                print(f"docs/images/{name}.png")


def _pages(root: Path) -> dict[str, tuple[Path, int, int]]:
    """The pages by the picture's name, with the size of the window; a height of 0 stands for the whole page."""
    for name in ("app", "supabase"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".temp", ".branches"))
    for name in ("pyproject.toml", "tasks.py"):
        shutil.copy(ROOT / name, root / name)
    try:
        _git(root, "init", "-q", "-b", "main")
        _git(root, "add", "-A")
        _git(root, "commit", "-qm", "before")
        _git(root, "checkout", "-qb", "resolve-comments")
        path = root / COMMENTS
        text = path.read_text(encoding="utf-8")
        for old, new in EDITS:
            assert old in text, old
            text = text.replace(old, new)
        path.write_text(text, encoding="utf-8")
        _run(root, "schema-generate", "--dry-run", "--html", "review.html")
        _run(root, "schema-diagram", "--output", "diagram.html")
        _run(root, "schema-diagram", "--diff", "migrations", "--output", "change.html")
    finally:
        _run(root, "supabase-stop")
    return {
        "review": (root / "review.html", 1280, 0),
        "diagram": (root / "diagram.html", 1500, 1100),
        "diagram-diff": (root / "change.html", 1500, 1100),
    }


def _run(root: Path, *words: str) -> None:
    subprocess.run([sys.executable, "-m", "invoke", *words], cwd=root, check=True, stdout=subprocess.DEVNULL)


def _git(root: Path, *words: str) -> None:
    who = ("-c", "user.email=dana@example.com", "-c", "user.name=Dana")
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True)


if __name__ == "__main__":
    main()
