"""What holds for all tests: the signal they start with, which of them need a server, and what a failed one tells."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Generator

import pytest
from support import clis, inner_loop
from support.hosted import both, cloud, hosted_folder, house, session_house

from supabase_tasks import task_file
from supabase_tasks.errors import TaskError

__all__ = ["both", "cloud", "hosted_folder", "house", "session_house"]
GUARD = pytest.StashKey[inner_loop.Guard]()


def pytest_configure(config: pytest.Config) -> None:
    # A shell starts background jobs with SIGINT ignored, and every program below inherits that: Ctrl-C tests would wait
    # for ever. What handles the signal here makes it the default one there.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.stash[GUARD] = inner_loop.Guard()
    config.stash[GUARD].install()


# Before `-m` chooses.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    inner_loop.mark(items)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    with item.config.stash[GUARD].holding(item):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    with item.config.stash[GUARD].holding(item):
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    # The message of an expected failure is one line; the reason is reported separately.
    report = yield
    error = call.excinfo.value if call.excinfo else None
    if isinstance(error, TaskError):
        report.sections.append(("the failure", json.dumps(error.as_json(), indent=2, default=str)))
    return report


@pytest.fixture(autouse=True)
def no_task_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that makes the tasks in this process leaves the folder of their task file behind."""
    monkeypatch.delenv(task_file.VARIABLE, raising=False)


@pytest.fixture(scope="session")
def both_clis() -> None:
    """Both majors of the Supabase CLI are there, before any test changes the cache folder."""
    if reason := clis.why_not():
        pytest.skip(reason)
