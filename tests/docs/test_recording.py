"""docs/first-ten-minutes.cast is an asciicast of the commands that `support.recording` runs."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

from support import recording

CAST = Path(__file__).parents[2] / "docs" / "first-ten-minutes.cast"


def test_it_is_the_session_that_the_script_records() -> None:
    head, *events = map(json.loads, CAST.read_text().splitlines())
    assert (head["version"], head["width"]) == (2, recording.COLUMNS)
    times = [when for when, kind, _ in events if kind == "o"]
    assert times == sorted(times) and len(times) == len(events)
    # Ten minutes of a beginner are read in less than three.
    assert 20 < times[-1] < 180
    shown = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", "".join(text for _, _, text in events))
    commands = typed()
    assert len(commands) > 8
    for command in commands:
        assert f"$ {command}\r\n" in shown
    assert "Question 1 of" in shown and "models and migrations agree" in shown
    # Nothing of the machine that recorded it.
    assert not re.search(r"/(tmp|home|root|shm|var)/", shown)


def typed() -> list[str]:
    """The first words of every `made.run(…)`."""
    tree = ast.parse(Path(recording.__file__).read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) == "made.run"]
    return [call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)]
