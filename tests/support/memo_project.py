"""A small project whose models depend on something, a check that may remember, and the ways in which it changes."""

from __future__ import annotations

import os
import textwrap
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support import checking, warm

from supabase_tasks import installed

# A full check as far as the models go: no database is needed to learn what they rest on.
CHECK = """
import os, sys
# What happens in the repository meanwhile is none of the project's.
sys.path[:] = ["", *(folder for folder in sys.path if folder != REPOSITORY)]
from supabase_tasks import memo, settings
from supabase_tasks.files import digest
project = settings.load()
known = memo.begin(project)
if known.is_fresh():
    print("remembered")
    sys.exit()
if sys.argv[1:]:
    print("not remembered")
    sys.exit()
from supabase_tasks.models import forked_loader, in_process_loader
with (forked_loader.open_loader if os.environ.get("APART") else in_process_loader.open_in_process)(project) as models:
    models.load_summary()
    told = digest(*(statement.sql for statement in models.statements()))
    seen = models.read_inputs()
refused = known.remember(
    files=seen.files, environment=seen.environment, opened=seen.opened, libraries=seen.libraries, folders=seen.folders,
    looks=seen.looks, untracked_inputs=seen.untracked_inputs,
    migrations={path: digest(path.read_bytes()) for path in project.migrations.glob("*.sql")},
)
print("checked", told[:8], refused or "")
""".replace("REPOSITORY", repr(str(Path(installed.PACKAGE).parent)))
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
    parent: warm.Parent
    environment: dict[str, str | None] = field(default_factory=dict)
    options: tuple[str, ...] = ()

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

    def is_fresh(self) -> bool:
        """Whether the memo answers now: what a check asks first."""
        return self._run(CHECK, "ask") == "remembered"

    def check(self, script_text: str = CHECK) -> str:
        """What a check says at last: `remembered`, or `checked` with a digest and why nothing is remembered."""
        return self._run(script_text)

    def _run(self, script_text: str, *arguments: str) -> str:
        script = self.write(self.root.parent / "script" / "check.py", script_text)
        changed = {"SUPABASE_TASKS_CACHE": str(self.root.parent / "cache"), **self.environment}
        # What another script does before the check takes the time that a fresh Python has for it.
        parent = None if self.options or script_text != CHECK else self.parent
        told = checking.run_script(parent, [*self.options, str(script), *arguments], self.root, changed)
        return told.splitlines()[-1]


@pytest.fixture
def place(tmp_path: Path, plugin: Path, parent: warm.Parent) -> Place:
    found = Place(tmp_path / "project", parent)
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


def archive(place: Place, source: str) -> None:
    with zipfile.ZipFile(place.outside / "far.zip", "w") as file:
        file.writestr("far.py", source)


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


def remembered_until_it_changes(place: Place, way: Way) -> None:
    """Assert that a project of this way is remembered, and no longer when what it rests on has changed."""
    way.before(place)
    place.models(way.extra, way.head)
    first = place.check()
    assert first.startswith("checked") and len(first.split()) == 2, first
    assert place.is_fresh()
    way.change(place)
    assert not place.is_fresh()
