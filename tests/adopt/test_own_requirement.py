"""How a project asks for this tool, by where it was installed from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from supabase_tasks.adopt import managers, own_requirement

Repo = Callable[[Mapping[str, str]], Path]
URL = "https://example.org/team/supabase-tasks.git"
TAGGED = {"url": URL, "vcs_info": {"vcs": "git", "requested_revision": "v0.1.0", "commit_id": "5f4e"}}


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Any], None]]:
    """Installs it as far as an installer's record goes."""
    folder = tmp_path / "site" / "supabase_tasks-0.1.0.dist-info"
    folder.mkdir(parents=True)
    (folder / "METADATA").write_text("Metadata-Version: 2.1\nName: supabase-tasks\nVersion: 0.1.0\n")
    monkeypatch.syspath_prepend(str(folder.parent))

    def record(direct_url: Any) -> None:
        if direct_url is not None:
            (folder / "direct_url.json").write_text(json.dumps(direct_url))
        own_requirement.origin.cache_clear()

    yield record
    own_requirement.origin.cache_clear()


@pytest.mark.parametrize(
    ("record", "wanted", "shared"),
    [
        (None, "", ""),
        (TAGGED, f" @ git+{URL}@v0.1.0", f" @ git+{URL}@v0.1.0"),
        ({"url": URL, "vcs_info": {"vcs": "git", "commit_id": "5f4e"}}, f" @ git+{URL}", f" @ git+{URL}"),
        ({"url": "file:///home/me/tool", "dir_info": {}}, " @ file:///home/me/tool", ""),
        ({"url": "file:///home/me/tool", "dir_info": {"editable": True}}, "", ""),
        ({"url": f"{URL}/x.whl", "archive_info": {}}, f" @ {URL}/x.whl", f" @ {URL}/x.whl"),
    ],
)
def test_a_project_gets_it_from_where_it_was_installed_from(
    installed: Callable[[Any], None], record: object, wanted: str, shared: str
) -> None:
    installed(record)
    assert own_requirement.added_requirement() == f"supabase-tasks[standard]{wanted}"
    assert own_requirement.shared_requirement() == f"supabase-tasks[standard]{shared}"


def test_each_package_manager_is_told_so(installed: Callable[[Any], None], repo: Repo) -> None:
    installed(TAGGED)
    root = repo({"uv.lock": ""})
    assert managers.manager_of([root]).add == f'uv add --dev "supabase-tasks[standard] @ git+{URL}@v0.1.0"'
    (root / "uv.lock").rename(root / "requirements.lock")
    assert managers.manager_of([root]).add == (
        f"rye add --dev supabase-tasks --git {URL} --rev v0.1.0 --features standard"
    )
