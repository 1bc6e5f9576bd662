"""What holds for all tests: the signal they start with, which of them need a server, and what a failed one tells."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys
import threading
from collections.abc import Generator
from pathlib import Path

import hypothesis
import pytest
from support import clis, inner_loop, kept_cluster, session_state
from support.hosted import both, cloud, hosted_folder, house, session_house

from supabase_tasks import task_file
from supabase_tasks.errors import TaskError

__all__ = ["both", "cloud", "hosted_folder", "house", "session_house"]
REPOSITORY = Path(__file__).parents[1]
GUARD = pytest.StashKey[inner_loop.Guard]()
STATE = pytest.StashKey[Path | None]()
CLUSTERS = pytest.StashKey[kept_cluster.Kept]()


def pytest_configure(config: pytest.Config) -> None:
    # A shell starts background jobs with SIGINT ignored, and every program below inherits that: Ctrl-C tests would wait
    # for ever. What handles the signal here makes it the default one there.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGINT, signal.default_int_handler)
    # Six thousand tests are a heap in which looking for garbage takes a fifth of a worker's time.
    gc.set_threshold(40_000, 20, 50)
    # On a busy machine an example may take any time: how long one takes is no property of what is tested.
    hypothesis.settings.register_profile("any-time", deadline=None)
    hypothesis.settings.load_profile("any-time")
    config.stash[GUARD] = inner_loop.Guard()
    config.stash[GUARD].install()
    config.stash[STATE] = session_state.begin()
    config.stash[CLUSTERS] = kept_cluster.begin()


def pytest_unconfigure(config: pytest.Config) -> None:
    session_state.end(config.stash.get(STATE, None))
    if CLUSTERS in config.stash:
        config.stash[CLUSTERS].end()


# Before `-m` chooses.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if task_file.VARIABLE in os.environ:
        raise pytest.UsageError("a test module calls collection() while it is imported: tasks.build() is meant")
    inner_loop.mark(items)


def pytest_collection_finish() -> None:
    # The tests stay to the end: no look for garbage needs to walk them, and what is forked copies less.
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    item.config.stash[CLUSTERS].hold(item.path, REPOSITORY / "tests")
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
def process_as_found() -> Generator[None, None, None]:
    """What a test does to this process ends with it: a variable, a folder to import from or a project's module that it
    leaves would decide what the fixtures of other modules do (those of a wider scope begin before a test's own)."""
    environment, path, modules = dict(os.environ), list(sys.path), set(sys.modules)
    yield
    os.environ.clear()
    os.environ.update(environment)
    # Below this folder lie the libraries, and our own modules, of which there must be one each.
    for entry in (one for one in set(sys.path) - set(path) if not Path(one).is_relative_to(REPOSITORY)):
        for name in [name for name in sys.modules if name not in modules and _lies_in(name, entry)]:
            del sys.modules[name]
    sys.path[:] = path


def _lies_in(module: str, folder: str) -> bool:
    file = getattr(sys.modules[module], "__file__", None)
    return file is not None and Path(file).is_relative_to(folder or os.curdir)


@pytest.fixture(scope="session")
def both_clis() -> None:
    """Both majors of the Supabase CLI are there, before any test changes the cache folder."""
    if reason := clis.why_not():
        pytest.skip(reason)
