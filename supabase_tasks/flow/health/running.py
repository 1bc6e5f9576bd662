"""What of ours is running: the servers of this and other projects, and the helper, with memory and since when."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from supabase_tasks import postgres, process_table, state_dir
from supabase_tasks.flow.health.finding import Finding
from supabase_tasks.process_table import Entry
from supabase_tasks.settings import Settings

AREA = "running"
_HELPER = "supabase_tasks.preload.server"
_MEBIBYTE = 1024 * 1024
STOP, STOP_ALL = "inv supabase-stop", "inv supabase-stop --all"


@dataclass(frozen=True, slots=True)
class Running:
    """One server or the helper: `project` is the name of its state folder, `memory` in bytes, `since` in seconds since 1970,
    `ends` what ends it."""

    name: str
    project: str
    pid: int
    memory: int
    since: float
    ends: str
    ours: bool

    @property
    def text(self) -> str:
        """As it is shown: memory, since when, and what ends it."""
        started = time.strftime("%Y-%m-%d %H:%M", time.localtime(self.since))
        return f"{self.memory / _MEBIBYTE:.0f} MiB since {started}; {self.ends}"

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "project": self.project,
            "pid": self.pid,
            "memory": self.memory,
            "since": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.since)),
            "ends": self.ends,
        }


def all_of(settings: Settings) -> tuple[Running, ...]:
    """This project's servers, those of other projects of this user, and the helper."""
    table = process_table.read()
    mine = {state_dir.project_folder(settings).name, *postgres.former_names(settings)}
    found = [_server(one, table, mine, settings) for one in postgres.all_running() if one.pid in table]
    return (*sorted(found, key=lambda one: (not one.ours, one.project, one.name)), *_helpers(table))


def _server(
    one: postgres.RunningServer, table: Mapping[int, Entry], mine: Collection[str], settings: Settings
) -> Running:
    ours = one.project in mine
    if one.name == "shadow":
        minutes = settings.shadow_idle_minutes
        ends = (
            f"ends after {minutes:g} idle minutes"
            if minutes and one.watched
            else f"ends with {STOP if ours else STOP_ALL}"
        )
    else:
        ends = f"ends with {STOP if ours else STOP_ALL}"
    pids = process_table.family(table, one.pid)
    return Running(one.name, one.project, one.pid, process_table.memory(pids), table[one.pid].started, ends, ours)


def _helpers(table: Mapping[int, Entry]) -> Iterator[Running]:
    folder = str(state_dir.state_root() / "preload")
    helpers = {pid for pid, entry in table.items() if _HELPER in entry.command and folder in entry.command}
    for pid in sorted(helpers):
        if table[pid].parent not in helpers:
            memory = process_table.memory(process_table.family(table, pid))
            ends = f"ends after 10 idle minutes, or with {STOP}"
            yield Running("helper", "", pid, memory, table[pid].started, ends, True)


def check(settings: Settings) -> Iterator[Finding]:
    """What runs, as findings of the doctor."""
    found = all_of(settings)
    now = (state_dir.project_folder(settings).name, "")
    for one in found:
        yield Finding(AREA, one.name if one.project in now else f"{one.project}/{one.name}", one.text)
    if not found:
        yield Finding(AREA, "servers", "none")
