from __future__ import annotations

import json
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from supabase_tasks import settings
from supabase_tasks.errors import SettingsError, TaskError
from supabase_tasks.flow.adopt.init import Options, Proposal, accept, propose

MODEL = (
    "from sqlmodel import Field, SQLModel\nclass {0}(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n"
)


def repository(root: Path, files: dict[str, str]) -> Path:
    subprocess.run(["git", "init", "-q", str(root)], check=True)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    return root


def paths(proposal: Proposal) -> list[str]:
    return [change.path.relative_to(proposal.around.repository).as_posix() for change in proposal.changes]


def test_a_plain_repository_gets_all_it_lacks_and_once(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"app/models.py": MODEL.format("A"), ".github/CODEOWNERS": ""})
    proposal = propose(root, Options())
    assert paths(proposal) == [
        "pyproject.toml", "tasks.py", "supabase/config.toml", "supabase/.gitignore",
        ".pre-commit-config.yaml", ".github/workflows/database.yml",
    ]  # fmt: skip
    accept(proposal)
    loaded = settings.load(root)
    assert (loaded.project, loaded.models) == ("shop", "app.models")
    assert propose(root, Options()).changes == ()


class Comments(BaseHTTPRequestHandler):
    """What the script asks of GitHub's API: a list in pages, a new comment, another text for one."""

    kept: ClassVar[list[dict[str, Any]]]
    seen: ClassVar[list[str]]

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        size, page = int(asked["per_page"][0]), int(asked["page"][0])
        self.answer(self.kept[(page - 1) * size : page * size])

    def do_POST(self) -> None:
        self.kept.append({"id": len(self.kept) + 1, "user": {"type": "Bot"}, **self.body})
        self.answer(self.kept[-1])

    def do_PATCH(self) -> None:
        (one,) = (one for one in self.kept if self.path.endswith(f"/issues/comments/{one['id']}"))
        one.update(self.body)
        self.answer(one)

    @property
    def body(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def answer(self, document: object) -> None:
        allowed = self.headers["Authorization"] == "Bearer token-of-the-run"
        self.seen.append(f"{self.command} {urlsplit(self.path).path}")
        self.send_response(200 if allowed else 403)
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, format: str, *arguments: object) -> None: ...


def test_the_review_is_written_over_its_own_comment_only(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"app/models.py": MODEL.format("A"), ".github/CODEOWNERS": ""})
    accept(propose(root, Options()))
    jobs = yaml.safe_load((root / ".github/workflows/database.yml").read_text())["jobs"]
    step = next(step for step in jobs["migrations"]["steps"] if step.get("name") == "the review as a comment")
    mark, review = "<!-- supabase-tasks: review -->", tmp_path / "review.md"
    bot, person = {"type": "Bot"}, {"type": "User"}
    Comments.kept = [{"id": number, "user": bot, "body": "of another workflow"} for number in range(1, 131)]
    Comments.kept[5] = {"id": 6, "user": person, "body": f"{mark}\nquoted by a person"}
    Comments.seen = []

    def ran(token: str = "token-of-the-run") -> int:
        assert (step["shell"], step["env"]["GH_TOKEN"]) == ("python", "${{ github.token }}")
        given = {"GITHUB_REPOSITORY": "a/shop", "NUMBER": "7", "GH_TOKEN": token, "RUNNER_TEMP": str(tmp_path)}
        given["GITHUB_API_URL"] = f"http://127.0.0.1:{server.server_port}"
        return subprocess.run(
            [sys.executable, "-c", step["run"]], env=given, capture_output=True, check=False
        ).returncode

    with ThreadingHTTPServer(("127.0.0.1", 0), Comments) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        for text in ("first ü\n", "second\n"):
            review.write_text(text, encoding="utf-8")
            assert ran() == 0
        assert ran("another") != 0
        server.shutdown()
    assert len(Comments.kept) == 131 and Comments.kept[-1]["body"] == f"{mark}\nsecond\n"
    listed = ["GET /repos/a/shop/issues/7/comments"] * 2
    last = [*listed, "PATCH /repos/a/shop/issues/comments/131"]
    assert Comments.seen[:6] == [*listed, "POST /repos/a/shop/issues/7/comments", *last]


def test_the_diff_applies_with_git(tmp_path: Path) -> None:
    root = repository(
        tmp_path / "shop", {"app/models.py": MODEL.format("A"), "pyproject.toml": '[project]\nname = "x"'}
    )
    proposal = propose(root, Options())
    patch = "".join(change.diff(root) for change in proposal.changes)
    subprocess.run(["git", "-C", str(root), "apply"], input=patch, text=True, check=True)
    assert propose(root, Options()).changes == ()


def test_nothing_is_written_when_a_file_changed_meanwhile(tmp_path: Path) -> None:
    root = repository(tmp_path / "shop", {"app/models.py": MODEL.format("A")})
    proposal = propose(root, Options())
    (root / "tasks.py").write_text("mine = 1\n")
    with pytest.raises(TaskError, match="changed since"):
        accept(proposal)
    assert (root / "tasks.py").read_text() == "mine = 1\n"
    assert not (root / "pyproject.toml").exists()


def test_the_next_command_keeps_the_options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/here/supabase-tasks", "init", "--dry-run", "--no-hooks"])
    files = {"app/users/models.py": MODEL.format("A"), "app/items/models.py": MODEL.format("B")}
    with pytest.raises(SettingsError) as caught:
        propose(repository(tmp_path / "shop", files), Options())
    assert caught.value.next_step == "supabase-tasks init --dry-run --no-hooks --models all"
    inner = {"my part/pyproject.toml": "[project]\nname = 'p'\n", "my part/app/models.py": MODEL.format("A")}
    with pytest.raises(SettingsError) as caught:
        propose(repository(tmp_path / "mono", inner), Options())
    assert caught.value.next_step == "cd 'my part' && supabase-tasks init --dry-run --no-hooks"


def test_several_modules_are_a_question(tmp_path: Path) -> None:
    files = {"app/users/models.py": MODEL.format("A"), "app/items/models.py": MODEL.format("B")}
    root = repository(tmp_path / "shop", files)
    with pytest.raises(SettingsError) as caught:
        propose(root, Options())
    assert caught.value.next_step == "supabase-tasks init --models all"
    assert propose(root, Options(models="all")).models == "app.items.models,app.users.models"
    chosen = propose(root, Options(), lambda found: found[1].module)
    assert chosen.models == "app.users.models"
    both = propose(root, Options(models="app.items.models,app.users.models"))
    assert "database_models.py" in paths(both)
    accept(both)
    assert settings.load(root).models == "database_models"
    assert propose(root, Options()).changes == ()


def test_models_of_a_project_below_are_adopted_there(tmp_path: Path) -> None:
    files = {"pyproject.toml": "", "backend/pyproject.toml": "", "backend/app/models.py": MODEL.format("A")}
    root = repository(tmp_path / "shop", files)
    with pytest.raises(SettingsError, match="another project folder: backend"):
        propose(root, Options())
    assert propose(root / "backend" / "app", Options()).root == root / "backend"


def test_a_supabase_folder_above_is_used(tmp_path: Path) -> None:
    files = {
        "supabase/config.toml": 'project_id = "x"\n',
        "supabase/migrations/20260101000000_a.sql": "select 1;",
        "backend/pyproject.toml": '[project]\nname = "shop"\nrequires-python = ">=3.13"\n',
        "backend/app/models.py": MODEL.format("A"),
    }
    root = repository(tmp_path / "mono", files)
    proposal = propose(root / "backend", Options())
    accept(proposal)
    loaded = settings.load(root / "backend")
    assert (loaded.supabase, loaded.naming) == (root / "supabase", "timestamp")
    assert (root / "supabase/config.toml").read_text() == 'project_id = "x"\n'
    assert any(advice.title == "The migrations you have" for advice in proposal.advice)


def test_an_alembic_history_gets_the_baseline_steps(tmp_path: Path) -> None:
    files = {
        "app/models.py": MODEL.format("A"),
        "alembic.ini": "[alembic]\nscript_location = %(here)s/db/alembic\n",
        "db/alembic/env.py": "",
        "db/alembic/versions/1_a.py": "",
    }
    root = repository(tmp_path / "shop", files)
    proposal = propose(root, Options())
    road = next(advice for advice in proposal.advice if advice.title.startswith("From Alembic"))
    assert road.text.startswith("1 Alembic revision in db/alembic stay")
    accept(proposal)
    assert settings.load(root).ignore == ("public.alembic_version",)


def test_without_models_the_import_is_offered(tmp_path: Path) -> None:
    proposal = propose(repository(tmp_path / "shop", {"README.md": ""}), Options())
    assert proposal.models is None
    assert any("schema-import" in advice.text for advice in proposal.advice)


def test_in_an_nx_workspace_the_tasks_become_targets(tmp_path: Path) -> None:
    files = {
        "nx.json": "{}",
        "apps/shop/pyproject.toml": '[project]\nname = "shop"\n',
        "apps/shop/project.json": '{"name": "web", "targets": {"build": {"command": "make"}}}',
        "apps/shop/app/models.py": MODEL.format("A"),
    }
    root = repository(tmp_path / "mono", files)
    proposal = propose(root / "apps" / "shop", Options(targets={"schema-check": "Check the models"}))
    assert "apps/shop/project.json" in paths(proposal)
    accept(proposal)
    document = json.loads((root / "apps/shop/project.json").read_text())
    assert (document["name"], document["targets"]["build"]) == ("web", {"command": "make"})
    assert document["targets"]["schema-check"]["metadata"]["description"] == "Check the models"
    again = propose(root / "apps" / "shop", Options(targets={"schema-check": "Check the models"}))
    assert again.changes == ()


def test_scripts_that_run_alembic_are_not_forbidden_at_once(tmp_path: Path) -> None:
    files = {"app/models.py": MODEL.format("A"), "alembic/env.py": "", "alembic/versions/1_a.py": ""}
    root = repository(tmp_path / "shop", files)
    hooks = next(change for change in propose(root, Options()).changes if change.path.name.startswith(".pre-commit"))
    assert "schema-check" in hooks.after and "no-direct-ddl" not in hooks.after
