"""Which repository is asked, whatever git tells its hooks: linked worktrees, submodules, a git folder elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.clone import Clone

from supabase_tasks.process import run

CODE = """
import sys
from supabase_tasks import settings
from supabase_tasks.ledger.check import check_ledger
found = check_ledger(settings.load(__import__("pathlib").Path(sys.argv[1])), "main")
print("FOUND", *sorted(problem.code for problem in found.problems))
sys.exit(1)
"""
Hook = Callable[[Path], None]


@pytest.fixture
def hook(clone: Clone, tmp_path: Path) -> Hook:
    """A pre-commit hook, for the repository and all its worktrees, that checks the ledger of the project in a folder."""
    program = tmp_path / "check.py"
    program.write_text(CODE)

    def install(project: Path, hooks: Path = clone.root / ".git" / "hooks") -> None:
        hooks.mkdir(parents=True, exist_ok=True)
        path = hooks / "pre-commit"
        path.write_text(f"#!/bin/sh\nexec {sys.executable} {program} {project} >&2\n")
        path.chmod(0o755)

    return install


def committed(place: Clone, *options: str, cwd: Path | None = None) -> str:
    """What the hook says about a commit of everything that is staged."""
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    command = ["git", *options, *identity, "commit", "-q", "-m", "x"]
    done = run(command, cwd=cwd or place.root, keeps=("GIT_*",), check=False)
    assert done.code == 1
    return done.output


def edited(place: Clone) -> None:
    place.write(_0000_first="select 'edited';\n")
    place.git("add", "-A")


def test_in_a_linked_worktree(clone: Clone, hook: Hook) -> None:
    other = Clone(clone.root.parent / "linked")
    clone.git("worktree", "add", "-q", "-b", "other", str(other.root))
    hook(other.root)
    edited(other)
    assert "FOUND edited" in committed(other)
    assert "FOUND edited" in committed(other, cwd=other.root / "supabase")


def test_a_deleted_and_a_renamed_file_in_a_linked_worktree(clone: Clone, hook: Hook) -> None:
    other = Clone(clone.root.parent / "linked")
    clone.git("worktree", "add", "-q", "-b", "other", str(other.root))
    hook(other.root)
    other.git("mv", "supabase/migrations/0000_first.sql", "supabase/migrations/0000_new.sql")
    other.git("rm", "-q", "supabase/migrations/0001_second.sql")
    assert "FOUND deleted renamed" in committed(other)


def test_by_a_git_folder_that_is_named(clone: Clone, hook: Hook) -> None:
    hook(clone.root)
    edited(clone)
    assert "FOUND edited" in committed(clone, f"--git-dir={clone.root}/.git")
    assert "FOUND edited" in committed(clone, "--git-dir=.git", "--work-tree=.")


def test_a_git_folder_elsewhere(clone: Clone, hook: Hook) -> None:
    elsewhere = clone.root.parent / "elsewhere.git"
    (clone.root / ".git").rename(elsewhere)
    hook(clone.root, elsewhere / "hooks")
    clone.write(_0000_first="select 'edited';\n")
    options = (f"--git-dir={elsewhere}", f"--work-tree={clone.root}")
    run(["git", *options, "add", "-A"], cwd=clone.root)
    assert "FOUND edited" in committed(clone, *options)


def test_a_project_in_a_submodule(clone: Clone, hook: Hook, tmp_path: Path) -> None:
    outer = Clone(tmp_path / "outer")
    outer.root.mkdir()
    outer.git("init", "-q", "-b", "main")
    clone.git("switch", "-q", "main")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(clone.root), "inner")
    inner = Clone(outer.root / "inner")
    inner.git("switch", "-q", "-c", "feature")
    edited(inner)
    # A hook of the outer repository, and one of the submodule.
    hook(inner.root, outer.root / ".git" / "hooks")
    assert "FOUND edited" in committed(outer)
    hook(inner.root, outer.root / ".git" / "modules" / "inner" / "hooks")
    assert "FOUND edited" in committed(inner)


def test_a_partial_commit_is_looked_at_as_the_one_that_is_made(clone: Clone, hook: Hook) -> None:
    hook(clone.root)
    clone.write(_0000_first="select 'edited';\n", _0002_new="select 2;\n")
    clone.git("add", "-A")
    done = run(
        [
            "git",
            "-c",
            "user.name=T",
            "-c",
            "user.email=t@example.com",
            "commit",
            "-q",
            "-m",
            "x",
            "supabase/migrations",
        ],
        cwd=clone.root,
        check=False,
    )
    assert "FOUND edited" in done.output
