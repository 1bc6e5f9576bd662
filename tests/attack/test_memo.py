"""The memo says yes only to what it saw: each way in which models can come to say something else, tried once.

A small project whose models depend on something; a check that may remember; the thing is changed. Then the memo must not
answer: either it noticed the change, or it never answered at all. Every case also runs as an unchanged project, so
that "never answers" is a decision and no accident: `REMEMBERED` and `NEVER` say which of the two.
"""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from supabase_tasks import installed
from supabase_tasks.process import run

# A full check as far as the models go: no database is needed to learn what they rest on.
CHECK = """
import os, sys
sys.path.insert(0, "")
from supabase_tasks import memo, settings
from supabase_tasks.files import digest
project = settings.load()
known = memo.begin(project)
if known.agrees():
    print("remembered")
    sys.exit()
from supabase_tasks.models import apart, reading
with (apart.begun if os.environ.get("APART") else reading.here)(project) as models:
    models.declared()
    told = digest(*(statement.sql for statement in models.statements()))
    seen = models.seen()
refused = known.remember(
    files=seen.files, environment=seen.environment, opened=seen.opened, libraries=seen.libraries, folders=seen.folders,
    looks=seen.looks, beyond=seen.beyond,
    migrations={path: digest(path.read_bytes()) for path in project.migrations.glob("*.sql")},
)
print("checked", told[:8], refused or "")
"""
MODEL = """
{head}
from sqlalchemy import Column, Integer, MetaData, Table, Text

thing = Table("thing", MetaData(), Column("id", Integer, primary_key=True))
EXTRA = {extra}
if EXTRA:
    thing.append_column(Column("extra", Text))
"""


@dataclass
class Place:
    """The project of a case, and all that lies around it."""

    root: Path
    environment: dict[str, str | None] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    stdin: str | None = None

    @property
    def site(self) -> Path:
        return self.root.parent / "lib" / "site-packages"

    @property
    def outside(self) -> Path:
        return self.root.parent / "outside"

    def write(self, name: str | Path, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def edit_in_place(self, name: str | Path, text: str) -> None:
        """Another content of the same size under the same time."""
        path = self.root / name
        before = path.stat()
        assert len(text) == before.st_size
        with path.open("r+") as file:
            file.write(text)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    def models(self, extra: str, head: str = "") -> None:
        self.write("app/models/__init__.py", MODEL.format(head=textwrap.dedent(head), extra=extra))

    def check(self, script_text: str = CHECK) -> str:
        # No fixed sleep: a file younger than two seconds is simply read again.
        script = self.write(self.root.parent / "script" / "check.py", script_text)
        environment = {"SUPABASE_TASKS_CACHE": str(self.root.parent / "cache"), **self.environment}
        command = [sys.executable, *self.options, str(script)]
        done = run(command, cwd=self.root, env=environment)
        return done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def plugin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the plugin: the original may be edited while its tests run."""
    folder = tmp_path_factory.mktemp("plugin")
    shutil.copytree(installed.PACKAGE, folder / "supabase_tasks", ignore=shutil.ignore_patterns("__pycache__"))
    run([sys.executable, "-m", "compileall", "-q", str(folder)])
    return folder


@pytest.fixture
def place(tmp_path: Path, plugin: Path) -> Place:
    found = Place(tmp_path / "project")
    found.site.mkdir(parents=True)
    found.outside.mkdir()
    (tmp_path / "cache").mkdir()
    found.environment = {"PYTHONPATH": f"{plugin}:{found.site}", "PYTHONDONTWRITEBYTECODE": None, "WAY": None}
    found.write("pyproject.toml", '[tool.supabase-tasks]\nmodels = "app.models"\n')
    found.write("supabase/config.toml", 'project_id = "p"\n')
    found.write("supabase/migrations/0000_a.sql", "select 1;")
    found.write("app/__init__.py", "")
    found.write("data/one.json", "[1]")
    return found


Change = Callable[[Place], object]


@dataclass(frozen=True)
class Way:
    """What the models ask (`extra`, after `head`), what was there before, and what changes."""

    extra: str
    change: Change
    head: str = "import os\nfrom pathlib import Path"
    before: Change = lambda place: None


def wrote(name: str, text: str = "x") -> Change:
    return lambda place: place.write(name, text)


def variable(name: str, value: str | None) -> Change:
    return lambda place: place.environment.update({name: value})


def removed(name: str) -> Change:
    return lambda place: (place.root / name).unlink()


def mode(name: str, bits: int) -> Change:
    return lambda place: (place.root / name).chmod(bits)


def both(*changes: Change) -> Change:
    def all_of(place: Place) -> None:
        for change in changes:
            change(place)

    return all_of


def switched(name: str, target: str) -> Change:
    def switch(place: Place) -> None:
        (place.root / name).unlink(missing_ok=True)
        (place.root / name).symlink_to(place.root / target)

    return switch


THREAD = """
    import os, threading
    from pathlib import Path
    found = []
    def look():
        found.append({asked})
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
"""
POOL = "import os\nfrom pathlib import Path\nfrom concurrent.futures import ThreadPoolExecutor\npool = ThreadPoolExecutor(2)"

# What can be seen: it is remembered, and its change is noticed.
REMEMBERED: dict[str, Way] = {
    "exists, absent": Way("Path('flag').exists()", wrote("flag")),
    "exists, present": Way("Path('data/one.json').exists()", removed("data/one.json")),
    "is_file": Way("Path('flag').is_file()", wrote("flag")),
    "is_dir": Way("Path('flag').is_dir()", wrote("flag/x")),
    "os.path.exists": Way("os.path.exists('flag')", wrote("flag")),
    "os.path.isfile in a hidden folder": Way("os.path.isfile('.cache/flag')", wrote(".cache/flag")),
    "os.path.lexists": Way("os.path.lexists('flag')", switched("flag", "nowhere")),
    "os.stat, absent": Way(
        "there", wrote("flag"), "import os\ntry:\n    there = os.stat('flag')\nexcept OSError:\n    there = None"
    ),
    "from os import stat": Way(
        "stat('data/one.json').st_size > 3", wrote("data/one.json", "[1, 2]"), "from os import stat"
    ),
    "size": Way("os.path.getsize('data/one.json') > 3", wrote("data/one.json", "[1, 2]")),
    "time": Way("os.path.getmtime('data/one.json') < 9", lambda p: os.utime(p.root / "data/one.json", (1, 1))),
    "os.access": Way("os.access('flag', os.R_OK)", wrote("flag")),
    "permissions": Way("os.stat('data/one.json').st_mode & 1", mode("data/one.json", 0o755)),
    "listdir": Way("'new' in os.listdir('data')", wrote("data/new")),
    "listdir of a hidden name": Way("'.new' in os.listdir('data')", wrote("data/.new")),
    "glob": Way("list(Path('data').glob('*.yml'))", wrote("data/a.yml")),
    "glob of hidden names": Way("list(Path('data').glob('.*'))", wrote("data/.a")),
    "glob.glob": Way("glob.glob('data/*.yml')", wrote("data/a.yml"), "import glob"),
    "rglob": Way("list(Path('data').rglob('*.yml'))", wrote("data/deep/a.yml"), before=wrote("data/deep/b")),
    "scandir's sizes": Way("[e for e in os.scandir('data') if e.stat().st_size > 3]", wrote("data/one.json", "[1, 2]")),
    "walk": Way("len([1 for _ in os.walk('data')]) > 1", wrote("data/deep/a")),
    "listing of an absent folder": Way(
        "there",
        wrote("later/x"),
        "import os\ntry:\n    there = os.listdir('later')\nexcept OSError:\n    there = []",
    ),
    "link switched": Way(
        "Path('link').read_text() == 'two'",
        switched("link", "data/two"),
        before=both(wrote("data/a", "one"), wrote("data/two", "two"), switched("link", "data/a")),
    ),
    "folder's link switched": Way(
        "Path('link/f').read_text() == 'two'",
        switched("link", "data/b"),
        before=both(wrote("data/a/f", "one"), wrote("data/b/f", "two"), switched("link", "data/a")),
    ),
    "readlink": Way("os.readlink('link').endswith('b')", switched("link", "data/b"), before=switched("link", "data/a")),
    "resolve": Way("Path('link').resolve().name == 'b'", switched("link", "data/b"), before=switched("link", "data/a")),
    "thread, exists": Way("found[0]", wrote("flag"), THREAD.format(asked="Path('flag').exists()")),
    "thread, read": Way(
        "found[0] != '[1]'", wrote("data/one.json", "[2]"), THREAD.format(asked="Path('data/one.json').read_text()")
    ),
    "thread, variable": Way("found[0]", variable("WAY", "1"), THREAD.format(asked="os.getenv('WAY')")),
    "pool, read": Way(
        "pool.submit(Path('data/one.json').read_text).result() != '[1]'", wrote("data/one.json", "[2]"), POOL
    ),
    "pool, exists": Way("list(pool.map(os.path.exists, ['flag']))[0]", wrote("flag"), POOL),
    "imports in threads": Way(
        "list(pool.map(importlib.import_module, ['app.near']))[0].EXTRA",
        wrote("app/near.py", "EXTRA = 1"),
        POOL + "\nimport importlib",
        wrote("app/near.py", "EXTRA = 0"),
    ),
    "getenv": Way("os.getenv('WAY')", variable("WAY", "1")),
    "environ.items": Way("dict(os.environ.items()).get('WAY')", variable("WAY", "1")),
    "len(environ)": Way("len(os.environ) > SIZE", variable("WAY", "1"), "import os\nSIZE = 0"),
    "environb": Way("os.environb.get(b'WAY')", variable("WAY", "1")),
    "expandvars": Way("os.path.expandvars('$WAY') == '1'", variable("WAY", "1")),
    "expanduser": Way("os.path.expanduser('~') == '/x'", variable("HOME", "/x")),
    "TZ": Way("time.timezone", variable("TZ", "Asia/Tokyo"), "import time"),
    "TZ, localtime": Way("time.localtime(0).tm_hour == 9", variable("TZ", "Asia/Tokyo"), "import time"),
    "locale": Way("locale.getlocale()[0] == 'x'", variable("LC_ALL", "C.UTF-8"), "import locale"),
    "-X": Way("sys._xoptions", lambda p: setattr(p, "options", ("-X", "way")), "import sys"),
    "-W": Way("sys.warnoptions", lambda p: setattr(p, "options", ("-W", "ignore")), "import sys"),
    "-O": Way("not __debug__", lambda p: setattr(p, "options", ("-O",))),
    "hash seed": Way("hash('a') % 2", variable("PYTHONHASHSEED", "7"), before=variable("PYTHONHASHSEED", "3")),
    "project file, same size and time": Way(
        "near.EXTRA",
        lambda p: p.edit_in_place("app/near.py", "EXTRA = 1"),
        "from app import near",
        wrote("app/near.py", "EXTRA = 0"),
    ),
    "library, same size and time": Way(
        "library.EXTRA",
        lambda p: p.edit_in_place(p.site / "library.py", "EXTRA = 1"),
        "import library",
        lambda p: p.write(p.site / "library.py", "EXTRA = 0"),
    ),
    "a library's data, read by the library": Way(
        "library.EXTRA",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "import library",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"),
            lambda p: p.write(
                p.site / "library/__init__.py",
                "import pathlib\nEXTRA = int((pathlib.Path(__file__).parent / 'data.txt').read_text())",
            ),
        ),
    ),
    "a library's data, read by the models": Way(
        "int((Path(library.__file__).parent / 'data.txt').read_text())",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "from pathlib import Path\nimport library",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"), lambda p: p.write(p.site / "library/__init__.py", "")
        ),
    ),
    "importlib.resources": Way(
        "int(importlib.resources.files('library').joinpath('data.txt').read_text())",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "import importlib.resources",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"), lambda p: p.write(p.site / "library/__init__.py", "")
        ),
    ),
    "pkgutil.get_data": Way(
        "int(pkgutil.get_data('library', 'data.txt'))",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "import pkgutil",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"), lambda p: p.write(p.site / "library/__init__.py", "")
        ),
    ),
    "version of a distribution": Way(
        "importlib.metadata.version('way') == '2'",
        lambda p: p.edit_in_place(p.site / "way.dist-info/METADATA", "Name: way\nVersion: 2\n"),
        "import importlib.metadata",
        lambda p: p.write(p.site / "way.dist-info/METADATA", "Name: way\nVersion: 1\n"),
    ),
    "entry points": Way(
        "list(importlib.metadata.entry_points(group='way'))",
        lambda p: p.edit_in_place(p.site / "way-1.dist-info/entry_points.txt", "[way]\na = b\n"),
        "import importlib.metadata",
        both(
            lambda p: p.write(p.site / "way-1.dist-info/entry_points.txt", "[wax]\na = b\n"),
            lambda p: p.write(p.site / "way-1.dist-info/METADATA", "Name: way\nVersion: 1\n"),
        ),
    ),
    "node_modules": Way(
        "Path('node_modules/x/a.json').read_text() == '1'",
        wrote("node_modules/x/a.json", "1"),
        before=wrote("node_modules/x/a.json", "0"),
    ),
    "git's HEAD": Way(
        "'prod' in Path('.git/HEAD').read_text()",
        wrote(".git/HEAD", "ref: prod"),
        before=wrote(".git/HEAD", "ref: main"),
    ),
    "__pycache__": Way(
        "Path('__pycache__/x').read_text() == '1'", wrote("__pycache__/x", "1"), before=wrote("__pycache__/x", "0")
    ),
    "hidden folder": Way("Path('.way/x').read_text() == '1'", wrote(".way/x", "1"), before=wrote(".way/x", "0")),
    "ignored by git": Way(
        "Path('local.json').read_text() == '1'",
        wrote("local.json", "1"),
        before=both(wrote("local.json", "0"), wrote(".gitignore", "local.json")),
    ),
    "an env file of ours": Way("Path('.env.development').exists()", wrote(".env.development", "A=1")),
    "outside the project": Way(
        "Path('../outside/x').read_text() == '1'",
        wrote("../outside/x", "1"),
        before=wrote("../outside/x", "0"),
    ),
    "mmap": Way(
        "mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)[1:2] == b'2'",
        lambda p: p.edit_in_place("data/one.json", "[2]"),
        "import mmap\nfile = open('data/one.json')",
    ),
    "os.open": Way(
        "os.read(os.open('data/one.json', os.O_RDONLY), 9) == b'[2]'", lambda p: p.edit_in_place("data/one.json", "[2]")
    ),
    "open_code": Way(
        "io.open_code(os.path.abspath('data/one.json')).read() == b'[2]'",
        lambda p: p.edit_in_place("data/one.json", "[2]"),
        "import io, os",
    ),
    "removed while optional": Way(
        "there",
        removed("data/one.json"),
        "try:\n    there = open('data/one.json').read()\nexcept OSError:\n    there = ''",
    ),
    "a module that appears": Way(
        "there",
        wrote("optional.py", ""),
        "try:\n    import optional\n    there = True\nexcept ImportError:\n    there = False",
    ),
    "a module that appears in a library's folder": Way(
        "there",
        lambda p: p.write(p.site / "optional.py", ""),
        "try:\n    import optional\n    there = True\nexcept ImportError:\n    there = False",
    ),
    "find_spec": Way("find_spec('optional')", wrote("optional.py", ""), "from importlib.util import find_spec"),
    "find_spec, namespace": Way(
        "find_spec('optional')", wrote("optional/x", ""), "from importlib.util import find_spec"
    ),
    "a bytecode module that appears": Way(
        "find_spec('way')", wrote("way.pyc", ""), "from importlib.util import find_spec"
    ),
    "a module that hides a library": Way(
        "library.EXTRA",
        wrote("library.py", "EXTRA = 1"),
        "import library",
        lambda p: p.write(p.site / "library.py", "EXTRA = 0"),
    ),
    "a package that hides a module": Way(
        "near.EXTRA",
        wrote("app/near/__init__.py", "EXTRA = 1"),
        "from app import near",
        wrote("app/near.py", "EXTRA = 0"),
    ),
    "a module that hides one on PYTHONPATH": Way(
        "far.EXTRA",
        wrote("../first/far.py", "EXTRA = 1"),
        "import far",
        both(
            wrote("../first/x.txt"),
            wrote("../second/far.py", "EXTRA = 0"),
            lambda p: p.environment.update(
                PYTHONPATH=f"{p.root.parent}/first:{p.root.parent}/second:{p.environment['PYTHONPATH']}"
            ),
        ),
    ),
    "a module on a path that the models add": Way(
        "far.EXTRA",
        wrote("../first/far.py", "EXTRA = 1"),
        "import sys\nsys.path[:0] = ['../first', '../second']\nimport far",
        both(wrote("../first/x.txt"), wrote("../second/far.py", "EXTRA = 0")),
    ),
    "a folder of PYTHONPATH that appears": Way(
        "there",
        wrote("../later/optional.py", ""),
        "try:\n    import optional\n    there = True\nexcept ImportError:\n    there = False",
        lambda p: p.environment.update(PYTHONPATH=f"{p.root.parent}/later:{p.environment['PYTHONPATH']}"),
    ),
    "a namespace's new portion": Way(
        "far.EXTRA",
        wrote("../first/space/far.py", "EXTRA = 1"),
        "from space import far",
        both(
            wrote("../first/x.txt"),
            wrote("../second/space/far.py", "EXTRA = 0"),
            lambda p: p.environment.update(
                PYTHONPATH=f"{p.root.parent}/first:{p.root.parent}/second:{p.environment['PYTHONPATH']}"
            ),
        ),
    ),
    "sitecustomize": Way(
        "builtins.__dict__.get('WAY')",
        lambda p: p.write(p.site / "sitecustomize.py", "import builtins\nbuiltins.WAY = 1"),
        "import builtins",
    ),
    "a path file": Way(
        "find_spec('far')", lambda p: p.write(p.site / "way.pth", "../x"), "from importlib.util import find_spec"
    ),
    "a module from an archive": Way(
        "far.EXTRA",
        lambda p: archive(p, "EXTRA = 1"),
        "import sys\nsys.path.insert(0, '../outside/far.zip')\nimport far",
        lambda p: archive(p, "EXTRA = 0"),
    ),
    "an import hook of the models": Way(
        "importlib.import_module('strange').EXTRA",
        wrote("data/strange", "EXTRA = 1"),
        """
        import importlib, importlib.abc, importlib.machinery, sys
        class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
            def find_spec(self, name, path, target=None):
                return importlib.machinery.ModuleSpec(name, self) if name == "strange" else None
            def exec_module(self, module):
                exec(open("data/strange").read(), vars(module))
        sys.meta_path.append(Finder())
        """,
        wrote("data/strange", "EXTRA = 0"),
    ),
    "a module that hides its traces": Way(
        "EXTRA_NEAR",
        wrote("app/near.py", "EXTRA = 1"),
        "import sys\nfrom app.near import EXTRA as EXTRA_NEAR\ndel sys.modules['app.near']",
        wrote("app/near.py", "EXTRA = 0"),
    ),
    "runpy": Way(
        "runpy.run_path('data/way.py')['EXTRA']",
        wrote("data/way.py", "EXTRA = 1"),
        "import runpy",
        wrote("data/way.py", "EXTRA = 0"),
    ),
    "a statement compiled late": Way(
        "thing.append_column(Column('late', Late()))",
        wrote("data/one.json", "[2]"),
        """
        from sqlalchemy import Text
        from sqlalchemy.ext.compiler import compiles
        class Late(Text):
            pass
        @compiles(Late)
        def compiled(*_, **__):
            return f'varchar({open("data/one.json").read()[1]})'
        """,
    ),
    "our own settings": Way(
        "0", wrote("pyproject.toml", '[tool.supabase-tasks]\nmodels = "app.models"\ncli = "2.0.0"\n')
    ),
}
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
# What cannot be seen, or is another thing each time: no memo.
NEVER: dict[str, Way] = {
    "subprocess": Way("subprocess.run(['true']).returncode", wrote("x"), "import subprocess"),
    "os.popen": Way("os.popen('cat flag 2>/dev/null').read()", wrote("flag")),
    "os.system": Way("os.system('test ! -e flag')", wrote("flag")),
    "os.posix_spawn": Way("os.posix_spawn('/bin/true', ['true'], {})", wrote("x")),
    "os.fork": Way("waited(os.fork())", wrote("x"), FORK),
    "multiprocessing, fork": Way("started('fork')", wrote("x"), PROCESSES),
    "multiprocessing, spawn": Way("started('spawn')", wrote("x"), PROCESSES),
    "a socket": Way("socket.socket().connect_ex(('127.0.0.1', 1)) == 0", wrote("x"), "import socket"),
    "a name's address": Way("socket.getaddrinfo('localhost', 1) == 0", wrote("x"), "import socket"),
    "sqlite3": Way("sqlite3.connect(':memory:') is None", wrote("x"), "import sqlite3"),
    "a database by SQLAlchemy": Way("tried()", wrote("x"), DATABASE),
    "ctypes": Way("ctypes.CDLL(None).getpid() == 0", wrote("x"), "import ctypes"),
    "datetime.now": Way("datetime.now().year == 1", wrote("x"), "from datetime import datetime"),
    "datetime.now with a zone": Way(
        "datetime.now(timezone.utc).year == 1", wrote("x"), "from datetime import datetime, timezone"
    ),
    "datetime.utcnow": Way("datetime.datetime.utcnow().year == 1", wrote("x"), "import datetime"),
    "date.today": Way("date.today().year == 1", wrote("x"), "from datetime import date"),
    "datetime.today": Way("datetime.today().year == 1", wrote("x"), "from datetime import datetime"),
    "datetime.now in a thread": Way(
        "found[0].year == 1",
        wrote("x"),
        "import datetime\n" + textwrap.dedent(THREAD).format(asked="datetime.datetime.now()"),
    ),
    "time.time": Way("time.time() < 1", wrote("x"), "import time"),
    "from time import time": Way("time() < 1", wrote("x"), "from time import time"),
    "time.monotonic": Way("time.monotonic() < 0", wrote("x"), "import time"),
    "time.perf_counter_ns": Way("time.perf_counter_ns() < 0", wrote("x"), "import time"),
    "time.strftime": Way("time.strftime('%Y') == '1'", wrote("x"), "import time"),
    "time.localtime": Way("time.localtime().tm_year == 1", wrote("x"), "import time"),
    "random": Way("random.random() > 1", wrote("x"), "import random"),
    "from random import choice": Way("choice([0])", wrote("x"), "from random import choice"),
    "random.Random": Way("random.Random().random() > 1", wrote("x"), "import random"),
    "secrets": Way("secrets.randbelow(1)", wrote("x"), "import secrets"),
    "uuid4": Way("uuid.uuid4().int == 0", wrote("x"), "import uuid"),
    "uuid1": Way("uuid.uuid1().int == 0", wrote("x"), "import uuid"),
    "os.urandom": Way("os.urandom(1) == b''", wrote("x")),
    "/dev/urandom": Way("open('/dev/urandom', 'rb').read(1) == b''", wrote("x")),
    "/proc": Way("Path('/proc/self/stat').read_text() == ''", wrote("x")),
    "/proc, looked at": Way("Path('/proc/self/fd/99').exists()", wrote("x")),
    "getpid": Way("os.getpid() == 0", wrote("x")),
    "sys.argv": Way("'x' in sys.argv", wrote("x"), "import sys"),
    "standard input": Way("sys.stdin.read()", wrote("x"), "import sys"),
    "standard input by number": Way("os.read(0, 1)", wrote("x")),
    "load": Way("os.getloadavg()[0] > 1e9", wrote("x")),
    "statvfs": Way("os.statvfs('.').f_bfree == 0", wrote("x")),
    "native code of the project": Way("ctypes.PyDLL(None) is None", wrote("x"), "import ctypes"),
    "a fifo": Way("os.read(os.open('f', os.O_RDONLY | os.O_NONBLOCK), 1)", wrote("x"), FIFO),
}


def archive(place: Place, source: str) -> None:
    import zipfile

    with zipfile.ZipFile(place.outside / "far.zip", "w") as file:
        file.writestr("far.py", source)


@pytest.mark.parametrize("name", REMEMBERED)
def test_what_can_be_seen_is_remembered_and_its_change_is_noticed(place: Place, name: str) -> None:
    way = REMEMBERED[name]
    way.before(place)
    place.models(way.extra, way.head)
    first = place.check()
    assert first.startswith("checked") and len(first.split()) == 2, first
    assert place.check() == "remembered"
    way.change(place)
    assert place.check() != "remembered"


@pytest.mark.parametrize("name", NEVER)
def test_what_cannot_be_seen_is_never_remembered_and_the_line_is_told(place: Place, name: str) -> None:
    way = NEVER[name]
    way.before(place)
    place.models(way.extra, way.head)
    told = place.check()
    assert "the models use" in told
    assert "app/models/__init__.py:" in told or "a thread of the models" in told or "a library of theirs" in told
    assert place.check() != "remembered"


# A memo that never answers would be safe and useless: what ordinary models do is remembered.
STYLES = {
    "sqlmodel": """
        import enum
        import os
        from datetime import UTC, datetime
        from pathlib import Path
        from uuid import UUID, uuid4
        from sqlalchemy import Column, DateTime, Enum, func
        from sqlmodel import Field, SQLModel

        BASE = Path(__file__).resolve().parent
        SCHEMA = os.environ.get("APP_SCHEMA", "public")

        def now() -> datetime:
            return datetime.now(UTC)

        class Kind(enum.Enum):
            one = "one"

        class Thing(SQLModel, table=True):
            __table_args__ = {"schema": SCHEMA}
            id: UUID = Field(default_factory=uuid4, primary_key=True)
            kind: Kind = Field(sa_column=Column(Enum(Kind, name="kind")))
            made: datetime = Field(default_factory=now, sa_column=Column(DateTime(timezone=True), server_default=func.now()))
    """,
    "declarative, env file and log": """
        import logging
        import time
        from pathlib import Path
        from dotenv import load_dotenv
        from sqlalchemy import Text, create_engine
        from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

        logging.basicConfig()
        logging.getLogger(__name__).warning("the models are imported")
        load_dotenv(Path(__file__).parent.parent.parent / ".env")
        engine = create_engine("postgresql+psycopg://nobody@127.0.0.1:1/x")

        class Base(DeclarativeBase):
            pass

        class Thing(Base):
            __tablename__ = "thing"
            id: Mapped[int] = mapped_column(primary_key=True)
            name: Mapped[str] = mapped_column(Text, default=time.time)
    """,
    "discovered modules": """
        import importlib
        import pkgutil
        from pathlib import Path
        from typing import Any
        from pydantic import BaseModel
        from sqlmodel import Field, SQLModel

        class Settings(BaseModel):
            schema_name: str = "public"

        class Thing(SQLModel, table=True):
            id: int = Field(primary_key=True)

        for found in pkgutil.iter_modules(__path__):
            importlib.import_module(f"{__name__}.{found.name}")
        for path in sorted(Path(__file__).parent.glob("more_*.py")):
            importlib.import_module(f"{__name__}.{path.stem}")
    """,
}


@pytest.mark.parametrize("apart", [False, True], ids=["here", "apart"])
@pytest.mark.parametrize("style", STYLES)
def test_ordinary_models_are_remembered(place: Place, style: str, apart: bool) -> None:
    place.write(
        "app/models/more_one.py",
        "from sqlmodel import SQLModel, Field\nclass More(SQLModel, table=True):\n    id: int = Field(primary_key=True)\n",
    )
    place.write(".env", "APP_NAME=way\n")
    place.write("app/models/__init__.py", textwrap.dedent(STYLES[style]))
    place.environment["APART"] = "1" if apart else None
    first = place.check()
    assert first.startswith("checked") and len(first.split()) == 2, first
    assert place.check() == "remembered"
    place.write("app/models/more_two.py", "")
    assert place.check() != "remembered"


def test_the_reference_application_is_remembered(place: Place) -> None:
    here = Path(installed.PACKAGE).parent
    shutil.copytree(here / "app", place.root / "app", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", ".env.development"):
        shutil.copy(here / name, place.root / name)
    first = place.check()
    assert first.startswith("checked") and len(first.split()) == 2, first
    assert place.check() == "remembered"


@pytest.mark.parametrize("name", ["thread, exists", "a statement compiled late", "library, same size and time"])
def test_models_imported_apart_are_watched_there(place: Place, name: str) -> None:
    way = REMEMBERED[name]
    way.before(place)
    place.models(way.extra, way.head)
    place.environment["APART"] = "1"
    first = place.check()
    assert first.startswith("checked") and len(first.split()) == 2, first
    assert place.check() == "remembered"
    way.change(place)
    assert place.check() != "remembered"


@pytest.mark.parametrize("name", ["datetime.now", "random", "subprocess"])
def test_what_cannot_be_seen_is_told_from_apart(place: Place, name: str) -> None:
    way = NEVER[name]
    place.models(way.extra, way.head)
    place.environment["APART"] = "1"
    assert "the models use" in place.check()


@pytest.mark.parametrize(
    "line", ["from app import flag", "from app.flag import EXTRA", "import app.flag", "from .. import flag"]
)
def test_what_a_task_file_imported_before_the_models_is_not_remembered(place: Place, line: str) -> None:
    place.write("app/flag.py", "EXTRA = 0")
    place.models("0", line)
    early = CHECK.replace("import os, sys\n", "import os, sys\nsys.path.insert(0, '')\nimport app.flag\n", 1)
    assert "was imported before it could be watched" in place.check(early)


def test_what_a_task_file_imported_and_the_models_do_not_use_is_no_hindrance(place: Place) -> None:
    place.write("helpers.py", "")
    place.models("0")
    early = CHECK.replace("import os, sys\n", "import os, sys\nsys.path.insert(0, '')\nimport helpers\n", 1)
    place.check(early)
    assert place.check(early) == "remembered"


def test_it_is_switched_off_by_a_variable_and_by_a_setting(place: Place) -> None:
    place.models("0")
    place.check()
    assert place.check() == "remembered"
    place.environment["SUPABASE_TASKS_MEMO"] = "0"
    assert place.check().endswith("the memo is switched off")
    del place.environment["SUPABASE_TASKS_MEMO"]
    place.write("pyproject.toml", '[tool.supabase-tasks]\nmodels = "app.models"\nmemo = false\n')
    assert place.check().endswith("the memo is switched off")
