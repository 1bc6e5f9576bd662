"""The memo sees what models learn from files, folders and variables: each way tried once."""

from __future__ import annotations

import os

import pytest
from support.memo_project import (
    POOL,
    THREAD,
    Place,
    Way,
    both,
    mode,
    remembered_until_it_changes,
    removed,
    switched,
    variable,
    wrote,
)

# A change that cannot be made tells what is there.
MADE = """
    import os
    def made(change, *arguments):
        try:
            change(*arguments)
        except OSError:
            return True
"""
WAYS: dict[str, Way] = {
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
    "mkdir": Way("made(os.mkdir, '.way/x/z')", wrote(".way/x/y"), MADE, wrote(".way/y")),
    "rename": Way("made(os.rename, '.way/x', '.way/x')", wrote(".way/x"), MADE, wrote(".way/y")),
    "utime": Way("made(os.utime, '.way/x')", wrote(".way/x"), MADE, wrote(".way/y")),
    "chmod": Way("made(os.chmod, '.way/x', 0o644)", wrote(".way/x"), MADE, wrote(".way/y")),
    "remove": Way("made(os.remove, '.way/x')", wrote(".way/x"), MADE, wrote(".way/y")),
    "truncate": Way("made(os.truncate, '.way/x', 1)", wrote(".way/x"), MADE, wrote(".way/y")),
    "chdir": Way("made(os.chdir, '.way/x')", wrote(".way/x/y"), MADE, wrote(".way/y")),
    "writing": Way("made(open, '.way/x/y', 'w')", wrote(".way/x/z"), MADE, wrote(".way/y")),
    "appending": Way("open('.way/x', 'a').tell()", wrote(".way/x", "12"), before=wrote(".way/x", "")),
    "scandir's links": Way(
        "[e for e in os.scandir('data') if e.is_symlink() and e.stat().st_size > 3]",
        wrote(".way/x", "[1, 2]"),
        before=both(wrote(".way/x"), switched("data/link", ".way/x")),
    ),
    "scandir's broken links": Way(
        "[e for e in os.scandir('data') if e.is_symlink() and e.is_file()]",
        wrote(".way/x"),
        before=both(wrote(".way/y"), switched("data/link", ".way/x")),
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_can_be_seen_is_remembered_and_its_change_is_noticed(place: Place, name: str) -> None:
    remembered_until_it_changes(place, WAYS[name])


def test_models_imported_apart_are_watched_there(place: Place) -> None:
    place.environment["APART"] = "1"
    remembered_until_it_changes(place, WAYS["thread, exists"])
