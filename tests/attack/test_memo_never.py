"""What models ask that the memo cannot see, or that is another thing each time: nothing is remembered."""

from __future__ import annotations

import textwrap

import pytest
from support.memo_project import THREAD, Place

HEAD = "import os\nfrom pathlib import Path"
FORK = """
    import os
    def waited(process):
        if not process:
            os._exit(0)
        os.waitpid(process, 0)
"""
PROCESSES = """
    import multiprocessing
    def started(method):
        process = multiprocessing.get_context(method).Process(target=int)
        process.start()
        process.join()
"""
DATABASE = """
    from sqlalchemy import create_engine
    def tried():
        try:
            create_engine("postgresql+psycopg://u@127.0.0.1:1/x").connect()
        except Exception:
            return False
"""
FIFO = """
    import os
    os.path.exists("f") or os.mkfifo("f")
"""
ABSENT = """
def absent(call, *arguments):
    try:
        call(*arguments)
    except Exception:
        return False
"""
# What the models ask, after a head.
WAYS: dict[str, tuple[str, str]] = {
    "subprocess": ("subprocess.run(['true']).returncode", "import subprocess"),
    "os.popen": ("os.popen('cat flag 2>/dev/null').read()", HEAD),
    "os.system": ("os.system('test ! -e flag')", HEAD),
    "os.posix_spawn": ("os.posix_spawn('/bin/true', ['true'], {})", HEAD),
    "os.fork": ("waited(os.fork())", FORK),
    "multiprocessing, fork": ("started('fork')", PROCESSES),
    "multiprocessing, spawn": ("started('spawn')", PROCESSES),
    "a socket": ("socket.socket().connect_ex(('127.0.0.1', 1)) == 0", "import socket"),
    "a name's address": ("socket.getaddrinfo('localhost', 1) == 0", "import socket"),
    "sqlite3": ("sqlite3.connect(':memory:') is None", "import sqlite3"),
    "a database by SQLAlchemy": ("tried()", DATABASE),
    "ctypes": ("ctypes.CDLL(None).getpid() == 0", "import ctypes"),
    "datetime.now": ("datetime.now().year == 1", "from datetime import datetime"),
    "datetime.now with a zone": ("datetime.now(timezone.utc).year == 1", "from datetime import datetime, timezone"),
    "datetime.utcnow": ("datetime.datetime.utcnow().year == 1", "import datetime"),
    "date.today": ("date.today().year == 1", "from datetime import date"),
    "datetime.today": ("datetime.today().year == 1", "from datetime import datetime"),
    "datetime.now in a thread": (
        "found[0].year == 1",
        "import datetime\n" + textwrap.dedent(THREAD).format(asked="datetime.datetime.now()"),
    ),
    "time.time": ("time.time() < 1", "import time"),
    "from time import time": ("time() < 1", "from time import time"),
    "time.monotonic": ("time.monotonic() < 0", "import time"),
    "time.perf_counter_ns": ("time.perf_counter_ns() < 0", "import time"),
    "time.strftime": ("time.strftime('%Y') == '1'", "import time"),
    "time.localtime": ("time.localtime().tm_year == 1", "import time"),
    "random": ("random.random() > 1", "import random"),
    "from random import choice": ("choice([0])", "from random import choice"),
    "random.Random": ("random.Random().random() > 1", "import random"),
    "secrets": ("secrets.randbelow(1)", "import secrets"),
    "uuid4": ("uuid.uuid4().int == 0", "import uuid"),
    "uuid1": ("uuid.uuid1().int == 0", "import uuid"),
    "os.urandom": ("os.urandom(1) == b''", HEAD),
    "/dev/urandom": ("open('/dev/urandom', 'rb').read(1) == b''", HEAD),
    "/proc": ("Path('/proc/self/stat').read_text() == ''", HEAD),
    "/proc, looked at": ("Path('/proc/self/fd/99').exists()", HEAD),
    "getpid": ("os.getpid() == 0", HEAD),
    "sys.argv": ("'x' in sys.argv", "import sys"),
    "standard input": ("sys.stdin.read()", "import sys"),
    "standard input by number": ("os.read(0, 1)", HEAD),
    "load": ("os.getloadavg()[0] > 1e9", HEAD),
    "statvfs": ("os.statvfs('.').f_bfree == 0", HEAD),
    "native code of the project": ("ctypes.PyDLL(None) is None", "import ctypes"),
    "a fifo": ("os.read(os.open('f', os.O_RDONLY | os.O_NONBLOCK), 1)", FIFO),
    "sys.argv, joined": ("'x' in ' '.join(sys.argv)", "import sys"),
    "sys.argv, added to": ("'x' in [] + sys.argv", "import sys"),
    "sys.argv, compared": ("sys.argv == ['x']", "import sys"),
    "sys.argv, counted": ("sys.argv.count('x')", "import sys"),
    "sys.argv, as text": ("'no such' in str(sys.argv)", "import sys"),
    "sys.orig_argv": ("'x' in sys.orig_argv", "import sys"),
    "standard input as it began": ("sys.__stdin__.read()", "import sys"),
    "posix.stat": ("posix.stat('.').st_size < 0", "import posix"),
    "posix.access": ("posix.access('flag', 4)", "import posix"),
    "posix.readlink": ("absent(posix.readlink, 'flag')", "import posix\n" + ABSENT),
    "posix.urandom": ("posix.urandom(1) == b''", "import posix"),
    "_uuid": ("_uuid.generate_time_safe() is None", "import _uuid"),
    "free memory": ("os.sysconf('SC_AVPHYS_PAGES') == 1", HEAD),
    "a database by psycopg's class": (
        "absent(psycopg.Connection.connect, 'host=127.0.0.1 port=1')",
        "import psycopg\n" + ABSENT,
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_cannot_be_seen_is_never_remembered_and_the_line_is_told(place: Place, name: str) -> None:
    place.models(*WAYS[name])
    told = place.check()
    assert "the models use" in told
    assert "app/models/__init__.py:" in told or "a thread of the models" in told or "a library of theirs" in told
    assert not place.is_fresh()


@pytest.mark.parametrize("name", ["datetime.now", "random", "subprocess"])
def test_it_is_told_from_apart(place: Place, name: str) -> None:
    place.models(*WAYS[name])
    place.environment["APART"] = "1"
    assert "the models use" in place.check()
