from __future__ import annotations

import pytest

from supabase_tasks import collection
from supabase_tasks.nx import shim, targets

DOCUMENTED = (
    "schema-generate",
    "supabase-db-reset",
    "supabase-db-push-local",
    "supabase-db-lint",
    "supabase-db-push-staging",
    "supabase-db-push-prod",
    "supabase-db-reset-staging",
    "supabase-db-reset-prod",
    "supabase-db-pull-staging",
    "supabase-db-pull-prod",
    "supabase-db-dump-staging-public",
)


@pytest.mark.parametrize("name", DOCUMENTED)
def test_every_documented_target_is_there(name: str) -> None:
    assert shim.describe(collection())[name]


@pytest.mark.parametrize("name", DOCUMENTED)
def test_what_touches_a_database_or_writes_a_migration_is_never_cached_and_runs_alone(name: str) -> None:
    made = targets.target(name, "text")
    assert (made["cache"], made["parallelism"]) == (False, False)
    assert "inputs" not in made


@pytest.mark.parametrize("name", targets.PURE)
def test_a_pure_target_says_what_it_depends_on(name: str) -> None:
    made = targets.target(name, "text", "apps/web")
    assert made["cache"] is True
    assert "supabase-migrations" in made["inputs"]
    (runtime,) = [one["runtime"] for one in made["inputs"] if isinstance(one, dict) and "runtime" in one]
    assert "$PWD/apps/web/.venv/bin" in runtime


def test_no_target_has_configurations() -> None:
    for name, text in shim.describe(collection()).items():
        made = targets.target(name, text)
        assert "configurations" not in made
        assert made["options"]["forwardAllArgs"] is False
        assert made["metadata"]["description"] == text != ""


def test_only_generated_targets_are_ours() -> None:
    assert targets.is_ours(targets.target("doctor", "x"))
    assert not targets.is_ours({"options": {"command": "inv doctor"}})
    assert not targets.is_ours({"executor": "x"})
    assert not targets.is_ours("text")
