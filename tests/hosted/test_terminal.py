"""A person at a terminal: what is asked, and what the answers do."""

from __future__ import annotations

import os
import pty
import subprocess
import sys

from support.house import House

TABLE = "create table public.scenes (id int);\n"


def typed(house: House, answer: str, *arguments: str) -> tuple[int, str]:
    """The task with standard input and error on a terminal, and a person who types `answer`."""
    ours, theirs = pty.openpty()
    environment = {key: value for key, value in house.environment.items() if key != "CI"}
    process = subprocess.Popen(
        [sys.executable, "-m", "invoke", *arguments],
        cwd=house.root,
        env=environment,
        stdin=theirs,
        stderr=theirs,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, f"{answer}\n".encode())
    stdout = process.communicate(timeout=90)[0]
    shown = b""
    try:
        while chunk := os.read(ours, 65536):
            shown += chunk
    except OSError:
        pass
    os.close(ours)
    return process.returncode, stdout + shown.decode(errors="replace")


def test_staging_asks_yes_or_no(house: House) -> None:
    house.migration("0000_scenes", TABLE)
    code, text = typed(house, "", "supabase-db-push-staging")
    assert code == 1
    assert "Push 1 migration to staging? [y/N]" in text
    assert house.ledger("staging") == []
    code, _ = typed(house, "y", "supabase-db-push-staging")
    assert code == 0
    assert house.ledger("staging") == ["0000"]


def test_production_asks_for_its_ref(house: House) -> None:
    house.pushed("staging", "0000_scenes", TABLE)
    code, text = typed(house, "y", "supabase-db-push-prod", "--yes")
    assert code == 1
    assert "type the project ref" in text
    assert house.ledger("prod") == []
    code, _ = typed(house, house.cloud.projects["prod"].ref, "supabase-db-push-prod")
    assert code == 0
    assert house.ledger("prod") == ["0000"]
