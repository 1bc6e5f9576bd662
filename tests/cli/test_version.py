from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks import command_line, state_dir
from supabase_tasks.cli import version
from supabase_tasks.errors import CliError
from supabase_tasks.settings import DEFAULT_CLI


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A CLI outside of any npm package, which writes down that it was asked."""
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))
    return answer(tmp_path / "bin" / "supabase", "2.122.1")


def answer(path: Path, text: str, code: int = 0) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'#!/bin/sh\necho "$@" >> {path}.asked\necho "{text}"\nexit {code}\n')
    path.chmod(0o755)
    return path


def asked(path: Path) -> list[str]:
    return Path(f"{path}.asked").read_text().splitlines()


def test_it_is_asked_once_and_again_when_the_file_changed(program: Path) -> None:
    assert version.of(program) == (2, 122, 1)
    assert version.of(program) == (2, 122, 1)
    assert asked(program) == ["--version"]
    answer(program, "supabase 3.10.0 (new)")
    assert version.of(program) == (3, 10, 0)
    assert len(asked(program)) == 2


@pytest.mark.parametrize(("text", "code"), [("hello", 0), ("3.1.0", 1), ("", 0)])
def test_a_program_that_is_no_cli(program: Path, text: str, code: int) -> None:
    answer(program, text, code)
    with pytest.raises(CliError, match="it may not be the Supabase CLI"):
        version.of(program)


def test_a_damaged_or_closed_store_costs_time_only(program: Path, tmp_path: Path) -> None:
    store = state_dir.state_root() / "cli" / "versions.json"
    store.parent.mkdir(parents=True)
    store.write_text("{not json")
    assert version.of(program) == (2, 122, 1)
    store.unlink()
    store.mkdir()
    assert version.of(program) == (2, 122, 1)


@pytest.mark.parametrize(
    ("text", "expected"), [("3.1.0", (3, 1, 0)), ("v2.100.12\n", (2, 100, 12)), ("none", None), ("3.1", None)]
)
def test_parse(text: str, expected: tuple[int, int, int] | None) -> None:
    assert version.parse(text) == expected


def test_one_that_is_too_old_is_replaced_by_the_pinned_one(program: Path) -> None:
    with pytest.raises(CliError) as caught:
        version.require_supported(program, (1, 0, 0))
    assert caught.value.next_step == f"npm install --save-dev supabase@{DEFAULT_CLI}"
    assert command_line.is_command(caught.value.next_step)
