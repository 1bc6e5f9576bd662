from __future__ import annotations

import signal
import time

import pytest

from supabase_tasks.flow.beside import Beside


def test_an_error_beside_comes_with_the_result() -> None:
    with pytest.raises(ZeroDivisionError):
        Beside(lambda: 1 // 0).result()


def test_what_nobody_wants_is_disposed_of_before_or_after_it_is_there() -> None:
    found: list[int] = []
    early, late = Beside(lambda: 1), Beside(lambda: (time.sleep(0.2), 2)[1])
    assert early.result() == 1
    early.abandon(found.append)
    late.abandon(found.append)
    assert found == [1, 2]


def test_an_interrupted_wait_does_not_lose_what_is_still_being_made() -> None:
    # Thread.join would take the thread for ended, and a database that it makes would stay for ever.
    found: list[str] = []
    making = Beside(lambda: (time.sleep(0.6), "database")[1])
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_REAL, 0.1)
    try:
        with pytest.raises(KeyboardInterrupt):
            making.result()
    finally:
        signal.signal(signal.SIGALRM, before)
    making.abandon(found.append)
    assert found == ["database"]
