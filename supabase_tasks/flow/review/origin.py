"""Where a change comes from: branch, commit and base, and links to its files."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from supabase_tasks.ledger import git
from supabase_tasks.settings import Settings

if TYPE_CHECKING:
    from supabase_tasks.draw.review import Origin


def read(settings: Settings, environ: Mapping[str, str] = os.environ) -> Origin:
    """What git, and the variables of a CI job, say of the work tree; empty outside of a repository."""
    from supabase_tasks.draw.review import Origin

    found = git.repository(settings.migrations)
    head = found.head() if found else None
    if found is None or head is None:
        return Origin(project=settings.project)
    base = found.base()
    # A CI job has checked out a commit, not a branch.
    branch = head.branch or environ.get("GITHUB_HEAD_REF") or environ.get("GITHUB_REF_NAME") or ""
    branch = branch or environ.get("CI_COMMIT_REF_NAME", "")
    return Origin(settings.project, branch, head.commit, head.author, head.date, base.name if base else "")


def relative_link(path: Path, page: Path) -> str:
    """A link to `path` from the file `page`."""
    try:
        return quote(Path(os.path.relpath(path.resolve(), page.resolve().parent)).as_posix(), safe="/.")
    except ValueError:
        # On Windows there is no way from one drive to another.
        return path.resolve().as_uri()


def hosted_links(settings: Settings, environ: Mapping[str, str] = os.environ) -> Callable[[Path], str]:
    """What makes a link to a file in the repository of the CI job that runs; it is empty where none does."""
    place = _place(environ)
    found = git.repository(settings.migrations) if place else None

    def link(path: Path) -> str:
        if found is None or not path.resolve().is_relative_to(found.root):
            return ""
        return f"{place}/{quote(path.resolve().relative_to(found.root).as_posix())}"

    return link


def _place(environ: Mapping[str, str]) -> str:
    if "GITHUB_REPOSITORY" in environ and "GITHUB_SHA" in environ:
        server = environ.get("GITHUB_SERVER_URL", "https://github.com")
        return f"{server}/{environ['GITHUB_REPOSITORY']}/blob/{environ['GITHUB_SHA']}"
    if "CI_PROJECT_URL" in environ and "CI_COMMIT_SHA" in environ:
        return f"{environ['CI_PROJECT_URL']}/-/blob/{environ['CI_COMMIT_SHA']}"
    return ""
