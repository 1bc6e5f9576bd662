"""What holds for all tests: the signal they start with, and what a failed one tells."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Generator

import pytest
from support.hosted import both, cloud, hosted_folder, house, session_house

from supabase_tasks.errors import TaskError

__all__ = ["both", "cloud", "hosted_folder", "house", "session_house"]


def pytest_configure() -> None:
    # A shell starts background jobs with SIGINT ignored, and every program below inherits that: Ctrl-C tests would wait
    # for ever. What handles the signal here makes it the default one there.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    # The message of an expected failure is one line; why it happened is beside it.
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, TaskError):
        report.sections.append(("the failure", json.dumps(error.as_json(), indent=2, default=str)))
    return report
