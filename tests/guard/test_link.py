from __future__ import annotations

import json
import os

import pytest

from supabase_tasks.guard import link
from supabase_tasks.settings import Settings


def write(settings: Settings, ref: str, name: str) -> None:
    folder = settings.supabase / ".temp"
    folder.mkdir(exist_ok=True)
    (folder / "project-ref").write_text(ref)
    (folder / "linked-project.json").write_text(json.dumps({"ref": ref, "name": name}))
    (folder / "pooler-url").write_text(f"postgresql://postgres.{ref}@pooler.example:5432/postgres\n")


def test_reads_what_the_cli_noted(settings: Settings) -> None:
    assert link.read(settings) is None
    write(settings, "r" * 20, "My project")
    found = link.read(settings)
    assert found == link.Link("r" * 20, "My project", f"postgresql://postgres.{'r' * 20}@pooler.example:5432/postgres")


def test_a_name_of_another_project_is_no_name(settings: Settings) -> None:
    write(settings, "r" * 20, "My project")
    (settings.supabase / ".temp" / "project-ref").write_text("q" * 20)
    found = link.read(settings)
    assert found is not None
    assert found.name is None


def test_a_name_is_known_after_one_link(settings: Settings) -> None:
    assert link.known_name(settings, "r" * 20) is None
    for ref, name in (("r" * 20, "My project"), ("q" * 20, "Another"), ("r" * 20, "Renamed"), ("p" * 20, None)):
        link.remember(settings, link.Link(ref, name, None))
    known = [link.known_name(settings, letter * 20) for letter in "rqp"]
    assert known == ["Renamed", "Another", None]


@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_never_ends_counts_as_no_link(settings: Settings, kind: str) -> None:
    folder = settings.supabase / ".temp"
    folder.mkdir(parents=True)
    os.mkfifo(folder / "project-ref") if kind == "pipe" else (folder / "project-ref").symlink_to("/dev/zero")
    assert link.read(settings) is None


def test_bytes_that_are_no_text_count_as_no_link(settings: Settings) -> None:
    write(settings, "r" * 20, "Mine")
    folder = settings.supabase / ".temp"
    (folder / "linked-project.json").write_bytes(b"\xff\xfe")
    (folder / "pooler-url").write_bytes(b"\xff")
    assert link.read(settings) == link.Link("r" * 20, None, None)
    (folder / "project-ref").write_bytes(b"\xc3\x28")
    assert link.read(settings) is None
