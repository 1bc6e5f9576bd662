"""`inv --dry`: every task shows what it would run and changes nothing."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from invoke.config import Config
from invoke.context import Context

from supabase_tasks import process
from supabase_tasks import settings as settings_module
from supabase_tasks.settings import DEFAULT_TARGETS
from supabase_tasks.tasks import collection_of

Capture = pytest.CaptureFixture[str]
COLLECTION = collection_of(DEFAULT_TARGETS)


def dry() -> Context:
    return Context(Config(overrides={"run": {"dry": True}}))


@pytest.mark.parametrize("name", sorted(COLLECTION.task_names))
def test_a_task_starts_nothing_and_reads_nothing(
    name: str, tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: Any, **__: Any) -> None:
        raise AssertionError("it ran")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(process, "run", forbidden)
    monkeypatch.setattr(settings_module, "load", forbidden)
    body = COLLECTION[name].body
    parameters = list(inspect.signature(body).parameters.values())[1:]
    needed = {one.name: "x" for one in parameters if one.default is one.empty and one.kind is not one.VAR_KEYWORD}
    body(dry(), **needed)
    told = capsys.readouterr().out
    assert told.startswith(f"would run: inv {name}")
    assert told.endswith("nothing was run or changed (--dry)\n")
    assert list(tmp_path.iterdir()) == []
    if "json" in {one.name for one in parameters}:
        body(dry(), **needed, json=True)
        document = json.loads(capsys.readouterr().out)
        assert (document["ok"], document["dry"], document["task"]) == (True, True, name)


def test_options_are_shown_as_they_are_typed(capsys: Capture) -> None:
    COLLECTION["supabase-db-reset"].body(dry(), seed=False, version="0003")
    assert "would run: inv supabase-db-reset --no-seed --version=0003\n" in capsys.readouterr().out
    COLLECTION["schema-generate"].body(dry(), rename=["a:b", "public.t.c d:e"], dry_run=True)
    assert "inv schema-generate --dry-run --rename=a:b '--rename=public.t.c d:e'\n" in capsys.readouterr().out
    COLLECTION["supabase-db-push-staging"].body(dry(), yes=True)
    told = capsys.readouterr().out
    assert "--yes" in told and "supabase db push   (staging)" in told


@pytest.mark.server
def test_by_invoke_itself(tmp_path: Path) -> None:
    (tmp_path / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    for flag in ("--dry", "-R"):
        command = [sys.executable, "-m", "invoke", flag, "supabase-db-reset", "--no-seed"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert done.stdout.startswith("would run: inv supabase-db-reset --no-seed\n")
