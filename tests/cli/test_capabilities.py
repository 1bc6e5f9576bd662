"""A CLI later than those measured says by its help what it can do."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import clis

from supabase_tasks import state_dir
from supabase_tasks.cli import capabilities
from supabase_tasks.cli.find import Binary
from supabase_tasks.errors import CliError


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(state_dir.ROOT_VARIABLE, str(tmp_path / "state"))


def program(folder: Path, text: str, code: int = 0) -> Path:
    path = folder / "supabase"
    path.write_text(
        f'#!/bin/sh\necho "$SUPABASE_EXPERIMENTAL_STACK:$*" >> {path}.asked\ncat <<"end"\n{text}\nend\nexit {code}\n'
    )
    path.chmod(0o755)
    return path


def asked(path: Path) -> list[str]:
    log = Path(f"{path}.asked")
    return log.read_text().splitlines() if log.exists() else []


@pytest.mark.parametrize(
    ("version", "text", "expected"),
    [
        ((3, 2, 0), "  --remote[=<ref|branch|url>]    Target a remote database", 3),
        ((3, 9, 1), "FLAGS\n  --remote string\n  --db-url string", 3),
        ((5, 0, 0), "  --remote string", 3),
        ((4, 0, 0), "  --linked\n  --db-url string    Pushes to the database specified", 2),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_later_release_says_its_dialect_itself(
    tmp_path: Path, version: tuple[int, int, int], text: str, expected: int
) -> None:
    path = program(tmp_path, text)
    assert Binary(path, version, "PATH").dialect == expected
    assert Binary(path, version, "PATH").dialect == expected
    assert asked(path) == [":db push --help"]


@pytest.mark.parametrize("version", [(2, 100, 0), (2, 122, 1), (2, 999, 0), (3, 0, 0), (3, 1, 0), (3, 1, 7)])
def test_what_was_measured_is_not_asked(tmp_path: Path, version: tuple[int, int, int]) -> None:
    path = program(tmp_path, "nothing of use")
    assert Binary(path, version, "PATH").dialect == version[0]
    assert asked(path) == []


@pytest.mark.parametrize("text", ["  --remotely string\n  --db-urls string", ""])
def test_one_that_knows_neither_spelling_is_refused(tmp_path: Path, text: str) -> None:
    path = program(tmp_path, text)
    with pytest.raises(CliError, match=r"the Supabase CLI 4.0.0 at .* names its targets in a way") as caught:
        _ = Binary(path, (4, 0, 0), "cli_path").dialect
    assert caught.value.next_step == "correct or remove cli_path"


def test_the_runtime_is_found_in_the_help_of_the_stack(tmp_path: Path) -> None:
    path = program(tmp_path, "  --runtime choice        Runtime. (choices: auto, docker, podman, native)")
    assert capabilities.has_native_runtime(path)
    assert capabilities.has_native_runtime(path)
    assert asked(path) == ["1:start --help"]


@pytest.mark.parametrize(
    "text",
    [
        "  --runtime choice    Runtime. (choices: auto, docker, podman)",
        "  --exclude string    (choices: native)",
        "  --runtime choice\n  --other choice    (choices: native)",
    ],
)
def test_a_start_without_it(tmp_path: Path, text: str) -> None:
    assert not capabilities.has_native_runtime(program(tmp_path, text))


def test_a_program_that_was_replaced_or_failed_is_asked_again(tmp_path: Path) -> None:
    path = program(tmp_path, "nothing", code=1)
    assert not capabilities.has_native_runtime(path)
    program(tmp_path, "  --runtime choice    (choices: native)")
    assert capabilities.has_native_runtime(path)
    assert len(asked(path)) == 2


@pytest.mark.server
def test_the_real_ones(both_clis: None) -> None:
    for major, expected in (("2", 2), ("3", 3)):
        assert capabilities.has_native_runtime(clis.path(major))
        assert capabilities.dialect(clis.path(major), (9, 9, 9), "") == expected
