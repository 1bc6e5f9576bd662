"""Where secrets must not be: the arguments of any process, and the files that a project and its tasks hold."""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from support.double.cloud import ACCESS_TOKEN, SECRET_CORE
from support.house import House

from supabase_tasks.state_dir import project_folder

SECRETS = (SECRET_CORE, ACCESS_TOKEN)


@contextmanager
def watched(secrets: tuple[str, ...] = SECRETS) -> Iterator[list[str]]:
    """Every process's arguments, looked at without pause; yields those that held one of the secrets."""
    found: list[str] = []
    stop = threading.Event()
    sought = [secret.encode() for secret in secrets]

    def look() -> None:
        while not stop.is_set():
            # By pathlib it is a third of a processor for as long as the block runs.
            for number in (one.name for one in os.scandir("/proc") if one.name.isdecimal()):
                with suppress(OSError), io.FileIO(f"/proc/{number}/cmdline") as file:
                    words = file.readall()
                    found.extend(words.decode(errors="replace") for secret in sought if secret in words)
            stop.wait(0.02)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    yield found
    stop.set()
    thread.join()


def written(house: House) -> Iterator[tuple[Path, str]]:
    """Every file that the project and its state hold; the double's own servers are not part of it."""
    for folder in (house.root, project_folder(house.settings), house.cloud.home):
        for path in folder.rglob("*"):
            if path.is_file() and "postgres-" not in str(path.relative_to(folder)):
                yield path, path.read_text(errors="replace")
