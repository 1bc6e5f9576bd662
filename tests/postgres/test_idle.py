"""Nothing is left running: the shadow server ends by itself, however the command ended that started it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from support.waiting import until

from supabase_tasks import postgres, process_table, state_dir
from supabase_tasks.flow.health import running
from supabase_tasks.settings import Settings

pytestmark = pytest.mark.server

# A tenth of a second.
AT_ONCE = 0.1 / 60
COMMAND = """
import json, sys
from pathlib import Path
from supabase_tasks import postgres
from supabase_tasks.settings import Settings
paths = ("root", "supabase", "migrations")
given = json.loads(sys.argv[1])
settings = Settings(**{key: Path(value) if key in paths else value for key, value in given.items()})
server = getattr(postgres, sys.argv[2])(settings)
print(server.port, flush=True)
sys.stdin.read()
"""


@contextmanager
def command(settings: Settings, cluster: str = "shadow") -> Iterator[subprocess.Popen[str]]:
    """A process that uses the server, from its first line of output to the end of its input."""
    given = {name: str(getattr(settings, name)) for name in ("root", "supabase", "migrations", "project")}
    given["shadow_idle_minutes"] = settings.shadow_idle_minutes
    arguments = [sys.executable, "-c", COMMAND, json.dumps(given), cluster]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as found:
        assert found.stdout is not None
        assert found.stdout.readline().strip().isdigit()
        yield found
        if found.stdin is not None and not found.stdin.closed:
            found.stdin.close()


def runs(settings: Settings) -> list[str]:
    return [one.name for one in postgres.status(settings) if one.running]


@pytest.fixture
def hasty(make_project: Callable[..., Settings], request: pytest.FixtureRequest) -> Settings:
    return make_project(f"hasty-{abs(hash(request.node.name))}", shadow_idle_minutes=AT_ONCE)


def test_it_ends_after_the_command_that_started_it(hasty: Settings) -> None:
    with command(hasty):
        assert runs(hasty) == ["shadow"]
    until(lambda: runs(hasty) == [])


def test_it_ends_after_the_command_was_killed_and_starts_again(hasty: Settings) -> None:
    with command(hasty) as first:
        first.kill()
        first.wait()
    until(lambda: runs(hasty) == [])
    with command(hasty) as second:
        assert runs(hasty) == ["shadow"]
        os.kill(second.pid, signal.SIGKILL)
        second.wait()
    until(lambda: runs(hasty) == [])


def test_it_does_not_end_under_a_command(hasty: Settings) -> None:
    with command(hasty) as long:
        # Another one comes and goes, and what watches looks many times meanwhile.
        for _ in range(3):
            with command(hasty):
                pass
        assert runs(hasty) == ["shadow"]
        assert long.poll() is None
    until(lambda: runs(hasty) == [])


def test_a_command_that_comes_as_it_ends_has_a_server(hasty: Settings) -> None:
    for _ in range(5):
        with command(hasty):
            assert runs(hasty) == ["shadow"]


def test_nothing_is_left_of_what_watched(hasty: Settings) -> None:
    with command(hasty):
        pass
    until(lambda: runs(hasty) == [])

    def watchers() -> list[str]:
        folder = str(postgres.status(hasty)[0].folder)
        return [
            one.command
            for one in process_table.read().values()
            if "idle_watch" in one.command and folder in one.command
        ]

    until(lambda: watchers() == [])


def test_the_local_server_stays(make_project: Callable[..., Settings]) -> None:
    settings = make_project("stays", shadow_idle_minutes=AT_ONCE)
    with command(settings, "local"), command(settings):
        assert runs(settings) == ["local", "shadow"]
    until(lambda: runs(settings) == ["local"])


def test_with_0_it_stays(make_project: Callable[..., Settings]) -> None:
    settings = make_project("patient", shadow_idle_minutes=0)
    with command(settings):
        pass
    found = [one for one in running.all_of(settings) if one.ours]
    assert [one.name for one in found] == ["shadow"]
    assert found[0].memory > 1_000_000
    assert found[0].ends == "ends with inv supabase-stop"


def test_all_servers_of_all_projects_are_listed_and_stopped(make_project: Callable[..., Settings]) -> None:
    one, two = make_project("one-of-two"), make_project("two-of-two")
    for settings in (one, two):
        with command(settings, "local"), command(settings):
            pass
    listed = running.all_of(one)
    assert [(item.name, item.ends) for item in listed if item.ours] == [
        ("local", "ends with inv supabase-stop"),
        ("shadow", "ends after 15 idle minutes"),
    ]
    others = [(item.name, item.ends) for item in listed if item.project.startswith("two-of-two")]
    assert others == [("local", "ends with inv supabase-stop --all"), ("shadow", "ends after 15 idle minutes")]
    stopped = postgres.stop_all()
    assert {name.split("/")[1] for name in stopped if "of-two" in name} == {"local", "shadow"}
    assert len([name for name in stopped if "of-two" in name]) == 4
    assert runs(one) == runs(two) == []
    shutil.rmtree(two.root)
    # What other tests left behind is listed as well.
    (gone,) = (one for one in postgres.find_gone() if one.root == two.root)
    assert (gone.root, [path.name for path in gone.clusters]) == (two.root, ["local", "shadow"])
    assert postgres.remove_gone(gone, rows=True)
    assert not gone.folder.exists()


def test_servers_of_a_project_that_was_renamed_are_listed_and_stopped(make_project: Callable[..., Settings]) -> None:
    before = make_project("before")
    with command(before, "local"), command(before):
        pass
    after = replace(before, project="after")
    with command(after):
        pass
    listed = running.all_of(after)
    ours = [(item.project.rpartition("-")[0], item.name, item.ends) for item in listed if item.ours]
    idle = "ends after 15 idle minutes"
    assert ours == [
        ("after", "shadow", idle),
        ("before", "local", "ends with inv supabase-stop"),
        ("before", "shadow", idle),
    ]
    former = state_dir.project_folder(before).name
    shown = {finding.name for finding in running.check(after)}
    assert {"shadow", f"{former}/local", f"{former}/shadow"} <= shown
    assert postgres.stop(after) == ("shadow", f"{former}/local", f"{former}/shadow")
    assert runs(before) == runs(after) == []
