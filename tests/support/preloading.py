"""Callers, helpers and the task that workers run, for tests/preload."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from support.running import alive

from supabase_tasks import installed
from supabase_tasks.preload import client

# A module of the project's own, so that it is found the way a user's module is.
ENTRY = '''
import json, os, sys, time
from invoke.exceptions import Exit


def report(context, **options):
    mask = os.umask(0)
    os.umask(mask)
    print(json.dumps({"options": options, "cwd": os.getcwd(), "variable": os.environ.get("GREETING"), "umask": mask,
        "argv": sys.argv, "path": sys.path, "tty": sys.stdin.isatty(), "warm": "sqlmodel" in sys.modules,
        "niceness": os.nice(0)}))
    print("beside", file=sys.stderr)


def ends(context, code):
    raise Exit(code=code)


def echoes(context):
    print("you said " + sys.stdin.readline().strip())


def vanishes(context):
    os._exit(9)


def at_exit(context):
    import atexit
    atexit.register(print, "the end")
    sys.stdout.write("the beginning, ")


def waits(context, marker):
    try:
        with open(marker, "w") as file:
            file.write(str(os.getpid()))
        time.sleep(60)
    except KeyboardInterrupt:
        with open(marker, "a") as file:
            file.write(" interrupted")
        raise


def process(context):
    print(os.getpid())


def defers(context, go, marker, code=0):
    """Chores: one that fails, and one that waits for the file `go` and then says in `marker` what it is."""
    from supabase_tasks import preload

    def fails():
        raise RuntimeError("nobody's")

    def waits_and_tells():
        while not os.path.exists(go):
            time.sleep(0.02)
        streams = [os.readlink(f"/proc/self/fd/{number}") for number in range(3)]
        print("nobody reads this", flush=True)
        with open(marker + ".new", "w") as file:
            json.dump({"pid": os.getpid(), "cwd": os.getcwd(), "streams": streams}, file)
        os.rename(marker + ".new", marker)

    print(preload.defer(fails), preload.defer(waits_and_tells), flush=True)
    raise Exit(code=code)
'''
CALLER = """
import json, sys
from supabase_tasks import installed, preload
installed.PACKAGE = {package!r}
code = preload.delegate(sys.argv[1], json.loads(sys.argv[2]))
print("CODE", code)
sys.exit(0 if code is None else code)
"""


def ready(cache: Path) -> Path:
    """The socket of a helper that is ready; started when there is none."""
    folder = cache / "preload"
    for _ in range(4):
        client.start(folder)
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline:
            found = [path for path in folder.iterdir() if path.is_socket()] if folder.is_dir() else []
            if found:
                return found[0]
            time.sleep(0.05)
    raise AssertionError("the helper did not start")


def command(entry: str, options: str = "{}") -> list[str]:
    """A caller, the way `inv` is one: a program whose folder is on the search path."""
    script = Path.cwd() / "caller.py"
    if not script.exists():
        script.write_text(CALLER.format(package=installed.PACKAGE))
    return [sys.executable, str(script), entry, options]


def call(entry: str, options: str = "{}", *, stdin: str = "", cwd: Path | None = None) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a caller that ran to its end."""
    done = subprocess.run(command(entry, options), input=stdin, capture_output=True, text=True, cwd=cwd, timeout=60)
    return done.returncode, done.stdout, done.stderr


def wait_for(path: Path, text: str = "") -> str:
    """What the file says, once it says `text`."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if path.exists() and path.read_text() and text in path.read_text():
            return path.read_text()
        time.sleep(0.02)
    raise AssertionError(f"{path} never said {text!r}")


def helpers(path: Path) -> list[int]:
    """The helpers of that socket."""
    found = _processes(path)
    return [pid for pid in found if _parent(pid) not in found]


def standby(path: Path, *callers: int) -> int | None:
    """The worker that the helper of that socket holds ready, if it does. `callers` are the workers that had one: they may not
    have ended yet."""
    (helper,) = helpers(path)
    return next((pid for pid in _processes(path) if pid not in callers and _parent(pid) == helper), None)


def _processes(path: Path) -> list[int]:
    """The helpers of that socket and what they forked: it has their command line."""
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if words[3:4] == [str(path).encode()] and alive(int(process.name)):
                found.append(int(process.name))
    return found


def _parent(pid: int) -> int | None:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return None
