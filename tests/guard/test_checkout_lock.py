from __future__ import annotations

import subprocess

import pytest

from supabase_tasks import process
from supabase_tasks.errors import GuardError
from supabase_tasks.guard import checkout_lock
from supabase_tasks.settings import Settings


def test_only_one_has_it(settings: Settings) -> None:
    with checkout_lock.acquire(settings), pytest.raises(GuardError) as caught, checkout_lock.acquire(settings):
        pass
    assert caught.value.code == "busy"
    with checkout_lock.acquire(settings):
        pass


def test_a_program_that_outlives_us_keeps_it(settings: Settings) -> None:
    with checkout_lock.acquire(settings) as mine, mine.inherited_by_children():
        # What a killed task leaves behind: a program with the descriptor, and no parent waiting for it.
        orphan = subprocess.Popen(["sleep", "30"], pass_fds=(mine.descriptor,))
    try:
        with pytest.raises(GuardError), checkout_lock.acquire(settings):
            pass
    finally:
        orphan.kill()
        orphan.wait()
    with checkout_lock.acquire(settings):
        pass


def test_other_programs_do_not_get_it(settings: Settings) -> None:
    with checkout_lock.acquire(settings) as mine:
        listing = process.run(["ls", "-l", "/proc/self/fd"]).stdout
        assert "hosted.lock" not in listing
        with mine.inherited_by_children():
            listing = process.run(["ls", "-l", "/proc/self/fd"]).stdout
        assert "hosted.lock" in listing
