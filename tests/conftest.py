"""What holds for all tests: the signal they start with, and that a file stays on one worker."""

from __future__ import annotations

import signal
import threading

import pytest


def pytest_configure() -> None:
    # A shell starts background jobs with SIGINT ignored, and every program below inherits that: Ctrl-C tests would wait
    # for ever. What handles the signal here makes it the default one there.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


# First: xdist's own hook reads the marks, and would run before this one.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist=loadgroup` a file stays on one worker: its fixtures are made once.

    Files of one folder may run side by side: the hosted double takes its addresses from the worker's process number.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group(item.path.as_posix()))
