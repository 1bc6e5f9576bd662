"""A command of the warm Python is what it would be from a fresh one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import warm
from support.waiting import until

pytestmark = pytest.mark.server  # It holds what starts servers.
SHOWS = """
import json, os, signal, sys, tempfile
print(json.dumps([sys.argv, sys.orig_argv, os.getcwd(), dict(os.environ), sys.stdin.read(), sys.path, __name__,
    sorted(os.listdir("/proc/self/fd")) if os.path.exists("/proc/self/fd") else [], tempfile.gettempdir(),
    str(signal.getsignal(signal.SIGINT)), str(signal.getsignal(signal.SIGCHLD)), os.getpgid(0), os.isatty(1)]))
"""


def both(folder: Path, *words: str, **variables: str) -> list[tuple[int, str, str]]:
    command = [*([sys.executable] if words[0] in ("-m", "-c") else []), *words]
    given = {**os.environ, "TMPDIR": str(folder), **variables}
    fresh = subprocess.run(command, cwd=folder, env=given, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    return [(done.returncode, done.stdout, done.stderr) for done in (fresh, warm.run(command, cwd=folder, env=given))]


@pytest.mark.parametrize(
    "words",
    [
        ("-c", SHOWS, "a", "-b c"),
        ("-c", "import sys; sys.exit(3)"),
        ("-c", "raise SystemExit('told')"),
        ("-c", "1 / 0"),
        ("-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"),
        ("-c", "raise KeyboardInterrupt"),
        ("-c", "import atexit, sys; atexit.register(print, 'last'); sys.stdout.write('no line end')"),
        ("-c", "import threading, time; threading.Thread(target=print, args=('from a thread',)).start()"),
        ("-m", "invoke", "--list"),
        ("-m", "invoke", "no-such-task"),
        ("-m", "shown", "one"),
        (str(Path(sys.executable).parent / "inv"), "--list"),
        (str(Path(sys.executable).parent / "supabase-tasks"), "no-such-task"),
    ],
)
def test_it_is_what_a_fresh_python_does(tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "shown.py").write_text(SHOWS)
    (tmp_path / "tasks.py").write_text("from supabase_tasks import collection\n\nns = collection()\n")
    fresh, forked = both(tmp_path, *words, ONLY="here")
    assert forked[:2] == fresh[:2]
    # The places in this tool's own file are not among those of a traceback.
    assert forked[2].splitlines()[-1:] == fresh[2].splitlines()[-1:]


def test_a_variable_of_the_interpreter_gets_a_fresh_one(tmp_path: Path) -> None:
    script = "import sys; print(sys.flags.utf8_mode, 'sqlmodel' in sys.modules)"
    environment = {**os.environ, "PYTHONUTF8": "1"}
    assert warm.run([sys.executable, "-c", script], cwd=tmp_path, env=environment).stdout == "1 False\n"
    assert warm.run([sys.executable, "-c", script], cwd=tmp_path).stdout.endswith(" True\n")


def test_it_can_be_signalled_polled_and_killed(tmp_path: Path) -> None:
    waits = [sys.executable, "-c", "import time; print('there', flush=True); time.sleep(60)"]
    for number, code in ((signal.SIGINT, -2), (signal.SIGTERM, -15), (signal.SIGKILL, -9)):
        process = warm.start(waits, cwd=tmp_path)
        assert process.stdout is not None and process.stdout.readline() == "there\n"
        assert process.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=0.01)
        process.send_signal(number)
        until(lambda process=process: process.poll() is not None)
        assert process.wait(timeout=1) == code
        process.communicate()
