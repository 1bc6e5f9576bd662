from __future__ import annotations

import pytest

from supabase_tasks.diff.kinds import KINDS
from supabase_tasks.wording import count, plural


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [
        (1, "file", "1 file"), (0, "file", "0 files"), (2, "direct way", "2 direct ways"), (3, "policy", "3 policies"),
        (2, "index", "2 indexes"), (2, "row level security", "2 row level security"), (1, "policy", "1 policy"),
    ],
)  # fmt: skip
def test_a_number_and_its_noun(number: int, noun: str, text: str) -> None:
    assert count(number, noun) == text


def test_every_kind_of_object_has_a_plural() -> None:
    """Read as a list: none of them is a word that needs a rule of its own."""
    odd = {kind.noun for kind in KINDS.values() if kind.noun.endswith(("f", "fe", "o", "us", "is"))}
    assert odd == set()
    assert plural("foreign key") == "foreign keys"
