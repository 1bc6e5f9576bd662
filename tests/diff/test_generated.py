"""Schemas at random: the diff leads from each to a changed one and back, keeps rows, and has nothing to do afterwards.

`PYTHONPATH=tests python -m support.generator --examples 10000` goes further; docs/soak.md keeps what the last run found.
"""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from support.generator import combined_renames
from support.generator.judge import judge, pair

from supabase_tasks.postgres import Server

# The runs are the same every time: what a soak finds becomes a scenario.
EXAMPLES = 25


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(dice=st.randoms(use_true_random=False))
def test_the_diff_leads_there_and_back(server: Server, base: str, dice: Random) -> None:
    example = pair(dice)
    for way, verdict in zip(("there", "back"), judge(server, base, example), strict=True):
        told = f"{verdict.outcome} on the way {way}, after {example.moves}: {verdict.told}"
        assert not verdict.is_fault, f"{told}\n\n{example.before}\n\n{example.after}"


# Those that meet most of what a rename can meet; `--renames` of the soak draws from all of them.
COMBINED = {
    "newschema": ["viewcol", "policy", "compattr"],
    "swapcols": ["trigger", "pubcols", "enum"],
    "part": ["parttype", "newpart"],
    "root": ["roottype", "rootcol"],
}


@pytest.mark.parametrize("rename", COMBINED)
def test_a_rename_combined_with_other_changes(server: Server, base: str, rename: str) -> None:
    for verdict in judge(server, base, combined_renames.renamed(rename, COMBINED[rename])):
        assert verdict.outcome == "planned", verdict.told
