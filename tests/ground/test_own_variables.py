from __future__ import annotations

import re
from pathlib import Path

import pytest

from supabase_tasks import installed, own_variables
from supabase_tasks.errors import SettingsError


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SUPABASE_TASKS_LOCL", "SUPABASE_TASKS_LOCAL"),
        ("SUPABASE_TASKS_local", "SUPABASE_TASKS_LOCAL"),
        ("SUPABASE_TASKS_CASHE", "SUPABASE_TASKS_CACHE"),
        ("SUPABASE_TASKS_CACHE_DIR", "SUPABASE_TASKS_CACHE"),
        ("SUPABASE_TASKS_ALLOW_DDL", "SUPABASE_TASKS_ALLOW_HOSTED_DDL"),
    ],
)
def test_a_misspelt_variable_is_told_with_the_one_that_is_meant(
    monkeypatch: pytest.MonkeyPatch, name: str, meant: str
) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(SettingsError, match=f"there is no variable {name}") as caught:
        own_variables.refuse_misspelt()
    assert (caught.value.cause, caught.value.next_step) == (f"did you mean {meant}?", f"unset {name}")


def test_one_that_is_like_none_of_ours_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUPABASE_TASKS_TEAM_WIDGET", "1")
    own_variables.refuse_misspelt()
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("warning: SUPABASE_TASKS_TEAM_WIDGET has no effect; ") and "SUPABASE_TASKS_START" not in line


def test_every_variable_that_the_sources_read_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [path.read_text(encoding="utf-8") for path in Path(installed.PACKAGE).rglob("*.py")]
    read = {name for text in texts for name in re.findall(r'"(SUPABASE_TASKS_[A-Z_]+[A-Z])"', text)}
    assert read == set(own_variables.KNOWN)
    for name in own_variables.KNOWN:
        monkeypatch.setenv(name, "")
    own_variables.refuse_misspelt()
