"""Where secrets must not be: the arguments of any process, and the files that a project and its tasks hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
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

    def look() -> None:
        while not stop.is_set():
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    arguments = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                found.extend(arguments for secret in secrets if secret in arguments)
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
