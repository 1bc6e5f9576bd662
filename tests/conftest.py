"""What holds for all tests: the signal they start with, and which of them share a worker."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

# Folders whose tests share things of the machine (ports, lines in /etc/hosts): one worker runs all of each.
_TOGETHER = {"hosted"}
_HERE = Path(__file__).parent


def pytest_configure() -> None:
    # A shell starts background jobs with SIGINT ignored, and every program below inherits that: Ctrl-C tests would wait
    # for ever. What handles the signal here makes it the default one there.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist=loadgroup` a file stays on one worker, and so does a folder of `_TOGETHER`."""
    for item in items:
        relative = item.path.relative_to(_HERE) if item.path.is_relative_to(_HERE) else item.path
        group = relative.parts[0] if relative.parts[0] in _TOGETHER else relative.as_posix()
        item.add_marker(pytest.mark.xdist_group(group))
