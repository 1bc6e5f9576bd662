"""Repositories to adopt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest


@pytest.fixture
def repo(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Makes a repository of the files given by path; a `.git` folder marks its root."""

    def make(files: Mapping[str, str]) -> Path:
        root = tmp_path / "shop"
        (root / ".git").mkdir(parents=True)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return root

    return make
