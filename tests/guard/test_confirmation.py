from __future__ import annotations

import pytest

from supabase_tasks.errors import GuardError
from supabase_tasks.guard.confirmation import Answers, confirm, level

REF = "r" * 20


@pytest.mark.parametrize(
    ("protected", "destructive", "needed"),
    [(False, False, "yes"), (True, False, "ref"), (False, True, "ref"), (True, True, "ref")],
)
def test_the_hazard_decides_how_to_ask(protected: bool, destructive: bool, needed: str) -> None:
    assert level(protected=protected, destructive=destructive) == needed


@pytest.mark.parametrize(
    ("needed", "answers"),
    [
        ("yes", Answers(yes=True)),
        ("yes", Answers(confirm=REF)),
        ("yes", Answers(ask=lambda question: "Y")),
        ("ref", Answers(confirm=REF)),
        ("ref", Answers(ask=lambda question: REF)),
        ("ref", Answers(yes=True, ask=lambda question: REF)),
    ],
)
def test_enough(needed: str, answers: Answers) -> None:
    confirm("push", REF, needed, answers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("needed", "answers"),
    [
        ("yes", Answers()),
        ("yes", Answers(yes=True, confirm="x" * 20)),
        ("yes", Answers(ask=lambda question: "")),
        ("yes", Answers(ask=lambda question: "no")),
        ("ref", Answers(yes=True)),
        ("ref", Answers(confirm="x" * 20)),
        ("ref", Answers(yes=True, ask=lambda question: "y")),
        ("ref", Answers(ask=lambda question: REF[:-1])),
    ],
)
def test_not_enough(needed: str, answers: Answers) -> None:
    with pytest.raises(GuardError) as caught:
        confirm("push", REF, needed, answers)  # type: ignore[arg-type]
    assert caught.value.code == "not-confirmed"
    assert "nothing was changed" in caught.value.message


def test_the_question_never_shows_the_whole_ref_to_be_typed() -> None:
    asked: list[str] = []
    with pytest.raises(GuardError):
        confirm("push", REF, "ref", Answers(ask=lambda question: asked.append(question) or ""))  # type: ignore[func-returns-value]
    assert REF not in asked[0]
