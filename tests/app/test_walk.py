"""Some steps of a random walk on the reference application; `WALK_STEPS=100` goes as far as a person has patience."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from supabase_tasks import state_dir

ROOT = Path(__file__).parents[2]
STEPS = os.environ.get("WALK_STEPS", "8")


@pytest.mark.server
@pytest.mark.parametrize("seed", os.environ.get("WALK_SEEDS", "1").split(","))
def test_a_walk_of_model_changes(seed: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    state = tmp_path_factory.mktemp("walk")
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT / "tests"), state_dir.ROOT_VARIABLE: str(state)}
    done = subprocess.run(
        [sys.executable, "-m", "support.walk", STEPS, seed],
        cwd=ROOT,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.endswith(f"walked {STEPS} steps\n"), done.stdout[-2000:] + done.stderr[-4000:]
