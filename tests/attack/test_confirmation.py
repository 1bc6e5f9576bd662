"""Only the target's own ref, typed as it is, lets a protected change through; no answer is carried to another task."""

from __future__ import annotations

import pytest
from support.house import House

from supabase_tasks.errors import GuardError
from supabase_tasks.guard.confirmation import Answers, confirm

PUSH, PROD, RESET = "supabase-db-push-staging", "supabase-db-push-prod", "supabase-db-reset-staging"
TABLE = "create table public.scenes (id int primary key);\n"
REF = "abcdefghijklmnopqrst"
ALMOST = [
    "", " ", "y", "yes", "true", "1", "*", ".", REF[:-1], REF + "x", REF.upper(), REF.title(), f" {REF}", f"{REF} ",
    f"{REF}\n", f"{REF}\0", f"'{REF}'", f"{REF},{REF}", f"{REF} {REF}", f"db.{REF}", f"{REF}.supabase.co",
    f"https://supabase.com/dashboard/project/{REF}", REF.replace("a", "\u0430"), f"\u200b{REF}", f"{REF}\u202e",
    f"{REF[:4]}…", "$SUPABASE_PROJECT_REF_PROD", "%(ref)s", "{ref}", "zzzzzzzzzzzzzzzzzzzz",
]  # fmt: skip


@pytest.mark.parametrize("given", ALMOST)
@pytest.mark.parametrize("needed", ["ref", "yes"])
def test_nothing_but_the_ref_is_the_ref(given: str, needed: str) -> None:
    with pytest.raises(GuardError, match="does not match"):
        confirm("push to prod", REF, needed, Answers(yes=True, confirm=given))  # type: ignore[arg-type]
    if needed == "ref":
        with pytest.raises(GuardError):
            confirm("push to prod", REF, "ref", Answers(yes=True, ask=lambda question: given))


@pytest.fixture
def pending(house: House) -> House:
    """A migration that staging has run and production has not, and one that neither has."""
    house.pushed("staging", "0000_scenes", TABLE)
    return house


def test_production_is_not_reached_without_its_ref(pending: House) -> None:
    staging, prod = (pending.cloud.projects[name].ref for name in ("staging", "prod"))
    tries: list[tuple[str, ...]] = [
        (PROD, "--yes"),
        (PROD, "--yes", "--confirm", staging),
        (PROD, "--yes", "--confirm", prod.upper()),
        (PROD, "--confirm", prod, "--confirm", staging),
        (PROD, "--confirm="),
    ]
    answers = dict.fromkeys(("SUPABASE_YES", "CONFIRM", "INVOKE_YES", "INVOKE_CONFIRM", "SUPABASE_CONFIRM"), prod)
    for arguments in tries:
        ran = pending.run(*arguments, env={**answers, "SUPABASE_YES": "true"})
        assert ran.code != 0, arguments
        assert pending.ledger("prod") == [], arguments


def test_a_yes_is_for_its_own_task(pending: House) -> None:
    staging, prod = (pending.cloud.projects[name].ref for name in ("staging", "prod"))
    chains: list[tuple[str, ...]] = [
        (PUSH, "--yes", PROD, "--yes"),
        (PROD, "--yes", PUSH, "--confirm", prod),
        (PUSH, "--confirm", staging, PROD),
    ]
    for arguments in chains:
        assert pending.run(*arguments).code != 0, arguments
        assert pending.ledger("prod") == [], arguments
        assert pending.ledger("staging") == ["0000"], arguments


def test_a_reset_of_staging_needs_its_ref_too(pending: House) -> None:
    prod = pending.cloud.projects["prod"].ref
    for arguments in ((RESET, "--yes"), (RESET, "--yes", "--confirm", prod), (PUSH, "--yes", RESET, "--yes")):
        assert pending.run(*arguments).code != 0, arguments
        assert pending.query("staging", "select count(*) from public.scenes") == [(0,)], arguments
