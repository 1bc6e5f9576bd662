"""A command run by a worker is to be indistinguishable from one run here, and never to be run twice or lost."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.preloading import call, command, helpers, ready, wait_for
from support.running import alive
from support.waiting import until

from supabase_tasks import preload
from supabase_tasks.preload import client, key


def test_without_a_helper_the_caller_does_it_itself(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_CACHE", str(world / "empty"))
    assert call("entry:report") == (0, "CODE None\n", "")


def test_a_worker_takes_over_all_that_the_caller_is(helper: Path, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREETING", "good day")
    (world / "below").mkdir()
    before = os.umask(0o027)
    try:
        code, out, err = call("entry:report", '{"name": "x", "rename": ["a:b"]}', cwd=world / "below")
    finally:
        os.umask(before)
    assert (code, err) == (0, "beside\n")
    told = json.loads(out.splitlines()[0])
    assert out.splitlines()[1] == "CODE 0"
    assert told["options"] == {"name": "x", "rename": ["a:b"]}
    assert told["cwd"] == str(world / "below")
    assert told["variable"] == "good day"
    assert told["umask"] == 0o027
    assert told["argv"][0] == str(world / "caller.py")
    assert told["path"][0] == str(world)
    assert told["warm"]
    assert not told["tty"]


def test_nothing_of_one_caller_is_left_for_the_next(helper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREETING", "first")
    assert '"variable": "first"' in call("entry:report")[1]
    monkeypatch.delenv("GREETING")
    assert '"variable": null' in call("entry:report")[1]


@pytest.mark.parametrize("number", [0, 1, 3, 130])
def test_the_exit_code_is_the_tasks(helper: Path, number: int) -> None:
    assert call("entry:ends", json.dumps({"code": number})) == (number, f"CODE {number}\n", "")


def test_standard_input_is_the_callers(helper: Path) -> None:
    assert call("entry:echoes", stdin="hello\n")[1] == "you said hello\nCODE 0\n"


def test_what_was_registered_for_the_end_runs(helper: Path) -> None:
    assert call("entry:at_exit")[1] == "the beginning, the end\nCODE 0\n"


def test_a_terminal_is_a_terminal(helper: Path) -> None:
    main, side = pty.openpty()
    process = subprocess.Popen(command("entry:echoes"), stdin=side, stdout=side, stderr=side, start_new_session=True)
    os.close(side)
    os.write(main, b"typed\n")
    assert process.wait(timeout=60) == 0
    assert b"you said typed" in os.read(main, 4096)
    os.close(main)


def test_a_worker_that_vanishes_is_a_failure_and_nothing_is_run_again(helper: Path) -> None:
    code, out, err = call("entry:vanishes")
    assert (code, out) == (3, "CODE 3\n")
    assert "ended without a result" in err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_reaches_the_worker(helper: Path, world: Path, number: signal.Signals) -> None:
    marker = world / "marker"
    process = subprocess.Popen(command("entry:waits", json.dumps({"marker": str(marker)})), stderr=subprocess.DEVNULL)
    worker = int(wait_for(marker))
    process.send_signal(number)
    code = process.wait(timeout=30)
    assert code == (130 if number == signal.SIGINT else 3)
    assert not alive(worker)
    assert ("interrupted" in marker.read_text()) == (number == signal.SIGINT)


def test_a_killed_caller_interrupts_its_worker(helper: Path, world: Path) -> None:
    marker = world / "marker"
    process = subprocess.Popen(command("entry:waits", json.dumps({"marker": str(marker)})))
    worker = int(wait_for(marker))
    process.kill()
    process.wait(timeout=30)
    assert "interrupted" in wait_for(marker, "interrupted")
    until(lambda: not alive(worker))


def test_many_callers_at_once(helper: Path) -> None:
    command("entry:ends")
    with ThreadPoolExecutor(6) as pool:
        codes = [code for code, _, _ in pool.map(lambda number: call("entry:ends", f'{{"code": {number}}}'), range(6))]
    assert codes == list(range(6))


def test_a_project_file_that_hides_a_library_is_not_overlooked(helper: Path, world: Path) -> None:
    (world / "sqlmodel.py").write_text("")
    assert call("entry:report") == (0, "CODE None\n", "")
    (world / "sqlmodel.py").unlink()
    (world / "alembic").mkdir()
    assert call("entry:ends", '{"code": 0}')[1] == "CODE 0\n", "a folder that is no package hides nothing"


def test_a_helper_that_was_killed_is_no_hindrance(helper: Path, cache: Path) -> None:
    (pid,) = helpers(helper)
    os.kill(pid, signal.SIGKILL)
    until(lambda: not alive(pid))
    assert call("entry:report")[1] == "CODE None\n"
    client.stop(cache / "preload")
    ready(cache)
    assert call("entry:ends", '{"code": 0}')[1] == "CODE 0\n"


def test_another_users_socket_is_no_hindrance(helper: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as stranger, client._connect(helper) as connection:
        connection.sendall(b"\x00\x00\x00\x05hello")
        stranger.close()
    assert call("entry:ends", '{"code": 0}')[1] == "CODE 0\n"


def test_two_helpers_of_one_kind_do_not_live_together(helper: Path) -> None:
    (pid,) = helpers(helper)
    environment = {name: value for name, value in os.environ.items() if key.is_kept(name)}
    subprocess.run([sys.executable, "-c", client._HELPER, str(helper)], env=environment, timeout=30, check=True)
    assert helpers(helper) == [pid]
    assert call("entry:ends", '{"code": 0}')[1] == "CODE 0\n"


def test_a_helper_ends_when_its_socket_is_gone(helper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pid,) = helpers(helper)
    helper.unlink()
    until(lambda: not alive(pid))


def test_stop_ends_it(helper: Path) -> None:
    (pid,) = helpers(helper)
    assert preload.stop() == 1
    until(lambda: not alive(pid))
    assert not helper.exists()


def test_the_helper_has_no_secret_and_no_file_of_ours(helper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (pid,) = helpers(helper)
    names = {item.partition(b"=")[0] for item in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if item}
    assert all(key.is_kept(name.decode()) for name in names)
    targets = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir()]
    assert [target for target in targets if target.startswith("pipe:")] == []
    assert helper.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(("name", "value"), [("CI", "1"), ("PYTEST_CURRENT_TEST", "x"), (preload.VARIABLE, "0")])
def test_it_is_switched_off(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    for other in ("CI", "PYTEST_CURRENT_TEST", preload.VARIABLE):
        monkeypatch.delenv(other, raising=False)
    assert preload.is_enabled()
    monkeypatch.setenv(name, value)
    assert not preload.is_enabled()


@pytest.mark.parametrize("name", ["PYTHONHASHSEED", "LC_ALL", "SQLALCHEMY_WARN_20", "TZ"])
def test_what_a_worker_cannot_take_over_makes_another_helper(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = key.worker_key()
    monkeypatch.setenv(name, "1")
    assert key.worker_key() != before


def test_a_search_path_of_its_own_means_no_helper(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/somewhere")
    assert key.worker_key() is None
