"""The worker that is forked ahead: it serves the next caller, and it is never missed."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from support.preloading import call, helpers, standby
from support.running import alive
from support.waiting import until

from supabase_tasks import preload
from supabase_tasks.preload import key


def ready(helper: Path, *callers: int) -> int:
    """The standby's process, once it is there; `callers` are the workers that had a caller."""
    pid = until(lambda: standby(helper, *callers))
    assert pid is not None
    return pid


def ran_in() -> int:
    """The process that a caller's task ran in."""
    code, out, err = call("entry:process")
    assert (code, err) == (0, "")
    return int(out.splitlines()[0])


def test_the_next_caller_is_served_by_the_worker_that_is_ready(helper: Path) -> None:
    first = ready(helper)
    assert ran_in() == first
    second = ready(helper, first)
    assert ran_in() == second


def test_two_callers_in_a_row_do_not_wait_for_a_new_one(helper: Path) -> None:
    first = ready(helper)
    assert ran_in() == first
    assert ran_in() != first


def test_one_that_was_killed_is_not_missed_and_is_replaced(helper: Path) -> None:
    killed = ready(helper)
    os.kill(killed, signal.SIGKILL)
    until(lambda: not alive(killed))
    instead = ran_in()
    assert instead != killed
    replaced = ready(helper, instead)
    assert ran_in() == replaced


def test_it_ends_with_a_helper_that_is_killed(helper: Path) -> None:
    (pid,) = helpers(helper)
    waiting = ready(helper)
    os.kill(pid, signal.SIGKILL)
    until(lambda: not alive(waiting))
    assert call("entry:report")[1] == "CODE None\n"
    helper.unlink()


def test_it_ends_with_a_helper_that_is_stopped(helper: Path) -> None:
    (pid,) = helpers(helper)
    waiting = ready(helper)
    assert preload.stop() == 1
    until(lambda: not alive(waiting) and not alive(pid))


def test_it_has_nothing_of_a_caller_and_no_listening_socket(helper: Path) -> None:
    waiting = ready(helper, ran_in())
    names = {item.partition(b"=")[0] for item in Path(f"/proc/{waiting}/environ").read_bytes().split(b"\0") if item}
    assert all(key.is_kept(name.decode()) for name in names)
    targets = [str(path.readlink()) for path in Path(f"/proc/{waiting}/fd").iterdir()]
    assert [target for target in targets if target.startswith("pipe:")] == []
    assert len([target for target in targets if target.startswith("socket:")]) == 1
