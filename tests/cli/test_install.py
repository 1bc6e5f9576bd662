"""Installing the CLI once, with an npm that only notes how it was called."""

from __future__ import annotations

from pathlib import Path

import pytest

from supabase_tasks.cli import install
from supabase_tasks.errors import CliError

_NPM = """#!/bin/sh
printf '%s\\n' "$@" > "{noted}"
while [ $# -gt 0 ]; do
    case "$1" in --prefix) shift; mkdir -p "$1/node_modules/.bin"; : > "$1/node_modules/.bin/supabase";; esac
    shift
done
exit {code}
"""


@pytest.fixture
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the arguments are noted; one line each."""
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return _npm(tmp_path, 0)


def _npm(folder: Path, code: int) -> Path:
    program = folder / "npm"
    program.write_text(_NPM.format(noted=folder / "noted", code=code))
    program.chmod(0o755)
    return folder / "noted"


def test_npms_shortest_pause_is_not_longer_than_its_longest(noted: Path) -> None:
    # npm's own shortest is 10 s. Given a shorter longest one alone, it fails with "minTimeout is greater than
    # maxTimeout" as soon as it has to ask the network.
    assert install.ensure("9.9.9") == install.shim_of("9.9.9")
    options = dict(line.split("=", 1) for line in noted.read_text().splitlines() if "=" in line)
    assert int(options["--fetch-retry-mintimeout"]) <= int(options["--fetch-retry-maxtimeout"])


def test_it_is_installed_once(noted: Path) -> None:
    install.ensure("9.9.9")
    noted.unlink()
    install.ensure("9.9.9")
    assert not noted.exists()


def test_an_npm_that_fails_leaves_nothing(noted: Path, tmp_path: Path) -> None:
    _npm(tmp_path, 1)
    with pytest.raises(CliError):
        install.ensure("9.9.9")
    assert list((tmp_path / "cache" / "cli").iterdir()) == []
