"""The models' import in a process of its own: it tells what an import here would, and never outlives its caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import project as projects
from support.project import Project
from support.running import alive
from support.waiting import until

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import forked_loader, in_process_loader, loading, summary
from supabase_tasks.models.declaration import Statement
from supabase_tasks.models.summary import ModelSummary

RICH = """
import enum, os

from sqlalchemy import Column, Index, Text
from sqlmodel import Field, SQLModel

from supabase_tasks.schema import Function, Grant, Policy, View, anon, enum_type, renamed_from

os.environ.get("SHOP")


class Colour(enum.Enum):
    red = "red"


class Team(SQLModel, table=True):
    __table_args__ = (Index("team_name", "name"), Policy("Read", to=anon, using="true"), Grant("select", to=anon))
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(sa_column=Column(Text, info=renamed_from("title")))
    colour: Colour = Field(sa_column=Column(enum_type(Colour)))


View("names", "select name from public.team")
Function("one", returns="int", body="select 1", language="sql")
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    yield projects.make(tmp_path)
    projects.forget("models")


def told(project: Project) -> tuple[ModelSummary, list[Statement]]:
    with forked_loader.open_loader(project.settings) as found:
        return found.load_summary(), list(found.statements())


@contextmanager
def interrupted(begun: Path) -> Iterator[None]:
    """Ctrl-C as soon as the models, which make the file `begun`, are being imported."""

    def look(_number: int, _frame: object) -> None:
        if begun.exists():
            signal.setitimer(signal.ITIMER_REAL, 0)
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("models", [projects.MODELS, RICH], ids=["small", "rich"])
def test_it_tells_what_an_import_here_would(project: Project, models: str) -> None:
    project.models(models)
    said, statements = told(project)
    assert "models" not in sys.modules
    here = in_process_loader.InProcessLoader(project.settings)
    assert said == here.load_summary()
    assert statements == list(here.statements())
    assert said.environment == (("SHOP",) if models is RICH else ())
    assert project.root / "models.py" in said.files


def test_the_names_of_tables_include_those_that_are_only_referred_to(project: Project) -> None:
    project.edit('foreign_key="team.id"', 'foreign_key="auth.users.id"')
    found = summary.of(loading.load(project.settings))
    assert found.tables == {"public.team", "public.player", "auth.users"}


def test_what_the_models_refuse_comes_with_file_and_line(project: Project) -> None:
    project.models(projects.MODELS + "\nimport absent_library\n")
    with pytest.raises(ModelsError) as apart_:
        told(project)
    with pytest.raises(ModelsError) as here:
        loading.load(project.settings)
    assert apart_.value.as_json() == here.value.as_json()
    assert "models.py:15" in apart_.value.message


def test_what_cannot_be_compiled_comes_with_the_statements(project: Project) -> None:
    project.models(
        "from sqlalchemy import *\nfrom sqlalchemy.types import NullType\n"
        "t = Table('t', MetaData(), Column('id', Integer), Column('what', NullType))\n"
    )
    with forked_loader.open_loader(project.settings) as found:
        assert found.load_summary().tables == {"public.t"}
        with pytest.raises(ModelsError, match=r"models\.py"):
            list(found.statements())


def test_a_bug_comes_with_its_traceback(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summary, "of", lambda _: 1 // 0)
    with pytest.raises(RuntimeError) as caught:
        told(project)
    assert "ZeroDivisionError" in caught.value.__notes__[0]


def test_a_file_that_cannot_be_read_is_not_taken_for_a_caller_that_has_gone(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_: object) -> None:
        raise PermissionError(13, "Permission denied", "some.sql")

    monkeypatch.setattr(loading, "load", closed)
    with pytest.raises(RuntimeError) as caught:
        told(project)
    assert "some.sql" in caught.value.__notes__[0]


def test_a_ctrl_c_at_its_very_end_stays_in_it(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def __init__(self, *_: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(forked_loader, "suppress", Interrupted)
    here, escaped = os.getpid(), project.root / "escaped"
    try:
        told(project)
    finally:
        if os.getpid() != here:
            escaped.touch()
            os._exit(1)
    assert not escaped.exists()


@pytest.mark.parametrize(
    ("end", "how"), [("os.kill(os.getpid(), 9)", "signal 9"), ("os._exit(7)", "exit code 7")], ids=["killed", "left"]
)
def test_models_that_end_their_process_are_an_expected_failure(project: Project, end: str, how: str) -> None:
    project.models(projects.MODELS + f"\nimport os\n{end}\n")
    with pytest.raises(ModelsError, match=how):
        told(project)


def test_ctrl_c_ends_it_too_and_lets_it_tidy_up(project: Project) -> None:
    project.models(
        f"import time\ntry:\n    open({str(project.root / 'begun')!r}, 'w').close()\n    time.sleep(60)\n"
        f"finally:\n    open({str(project.root / 'tidied')!r}, 'w').close()\n"
    )
    begun = project.root / "begun"
    with pytest.raises(KeyboardInterrupt), interrupted(begun), forked_loader.open_loader(project.settings) as found:
        process = found._process
        found.load_summary()
    assert time.time() - begun.stat().st_mtime < 30
    assert not alive(process)
    assert (project.root / "tidied").exists()


def test_one_that_will_not_end_is_killed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked_loader, "_GRACE_SECONDS", 0.2)
    begun = project.root / "begun"
    project.models(
        "import signal, time\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        f"open({str(begun)!r}, 'w').close()\ntime.sleep(60)\n"
    )
    with pytest.raises(KeyboardInterrupt), interrupted(begun), forked_loader.open_loader(project.settings) as found:
        process = found._process
        found.load_summary()
    assert not alive(process)


def test_a_missing_reader_is_no_reason_to_stay(project: Project) -> None:
    project.models(RICH)
    with forked_loader.open_loader(project.settings) as found:
        process = found._process
    assert not alive(process)


WHOLE = """
import atexit, sys
atexit.register(print, "the caller's end")
print("said before", end=" ")
from supabase_tasks import settings
from supabase_tasks.models import forked_loader as apart
with apart.open_loader(settings.load()) as found:
    found.load_summary(), list(found.statements())
print("after")
"""


def test_everything_is_printed_once_and_each_process_has_its_own_end(project: Project) -> None:
    project.models("import atexit\nprint('imported', end=' ')\natexit.register(print, 'end', end=' ')\n" + RICH)
    done = subprocess.run(
        [sys.executable, "-c", WHOLE], cwd=project.root, capture_output=True, text=True, timeout=60, env=os.environ
    )
    # What models print on import is no part of a command's output.
    assert (done.stdout, done.stderr) == ("said before end after\nthe caller's end\n", "imported ")


def test_it_does_not_outlive_a_caller_that_is_killed(project: Project) -> None:
    # It would go on holding the caller's locks.
    told = project.root / "pid"
    project.models(f"import os, time\nopen({str(told)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n")
    caller = subprocess.Popen([sys.executable, "-c", WHOLE], cwd=project.root, stdout=subprocess.DEVNULL)
    until(lambda: told.exists() and bool(told.read_text()))
    process = int(told.read_text())
    assert process != caller.pid
    caller.kill()
    caller.wait()
    until(lambda: not alive(process), seconds=5)


def test_a_process_that_was_killed_for_want_of_memory_is_told_as_such(project: Project) -> None:
    project.models(projects.MODELS + "\nimport os\nos.kill(os.getpid(), 9)\n")
    with pytest.raises(ModelsError) as caught:
        told(project)
    assert "memory" in (caught.value.cause or "")
