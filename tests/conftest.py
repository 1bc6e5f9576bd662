"""What holds for all tests: which of them share a worker when several run side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

# Folders whose tests share things of the machine (ports, lines in /etc/hosts): one worker runs all of each.
_TOGETHER = {"hosted"}
_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist=loadgroup` a file stays on one worker, and so does a folder of `_TOGETHER`."""
    for item in items:
        relative = item.path.relative_to(_HERE) if item.path.is_relative_to(_HERE) else item.path
        group = relative.parts[0] if relative.parts[0] in _TOGETHER else relative.as_posix()
        item.add_marker(pytest.mark.xdist_group(group))
