"""What holds for all tests: the signal they start with."""

from __future__ import annotations

import signal
import threading


def pytest_configure() -> None:
    # A shell starts background jobs with SIGINT ignored, and every program below inherits that: Ctrl-C tests would wait
    # for ever. What handles the signal here makes it the default one there.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
