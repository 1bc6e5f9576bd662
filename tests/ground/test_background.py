from __future__ import annotations

import signal
import sys
import threading

import pytest
from support.waiting import until

from supabase_tasks.background import BackgroundTask


def test_a_background_error_comes_with_the_result() -> None:
    with pytest.raises(ZeroDivisionError):
        BackgroundTask(lambda: 1 // 0).result()


def test_an_unwanted_result_is_disposed_of_before_or_after_it_is_there() -> None:
    found: list[int] = []
    go_on = threading.Event()
    early, late = BackgroundTask(lambda: 1), BackgroundTask(lambda: (go_on.wait(), 2)[1])
    assert early.result() == 1
    early.cancel(found.append)
    threading.Thread(target=lambda: (until(lambda: late._unwanted), go_on.set()), daemon=True).start()
    late.cancel(found.append)
    assert found == [1, 2]


def test_an_interrupted_wait_does_not_lose_what_is_still_being_made() -> None:
    # Thread.join would take the thread for ended, and a database that it makes would stay for ever.
    found: list[str] = []
    go_on = threading.Event()
    making = BackgroundTask(lambda: (go_on.wait(), "database")[1])
    main = threading.get_ident()

    def interrupt() -> None:
        until(lambda: sys._current_frames()[main].f_code is threading.Condition.wait.__code__)
        signal.pthread_kill(main, signal.SIGALRM)

    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            threading.Thread(target=interrupt, daemon=True).start()
            making.result()
    finally:
        signal.signal(signal.SIGALRM, before)
    go_on.set()
    making.cancel(found.append)
    assert found == ["database"]
