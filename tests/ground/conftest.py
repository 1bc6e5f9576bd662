"""The ground keeps a little state per process; every test starts without any."""

from __future__ import annotations

import pytest

from supabase_tasks import console, redaction


@pytest.fixture(autouse=True)
def clean_process_state() -> None:
    redaction.forget_all()
    console.start(as_json=False)
