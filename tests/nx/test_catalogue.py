from __future__ import annotations

import json

from support.workspace import REPOSITORY

from supabase_tasks import collection
from supabase_tasks import settings as settings_module
from supabase_tasks.nx import catalogue, shim, targets
from supabase_tasks.tasks import collection_of


def test_the_shipped_targets_are_those_of_the_tasks() -> None:
    assert catalogue.FILE.read_text() == catalogue.render(collection_of), "run: inv nx-sync"


def test_the_repository_s_own_shim_is_up_to_date() -> None:
    made = shim.build(settings_module.load(REPOSITORY), shim.describe(collection()))
    assert not made.stale, "run: inv nx-sync"


def test_hosted_targets_are_patterns_and_give_the_documented_names() -> None:
    document = json.loads(catalogue.render(collection_of))
    names = {pattern.replace("{target}", name) for pattern in document["hosted"] for name in document["defaultTargets"]}
    described = shim.describe(collection())
    assert names | set(document["local"]) == set(described)


def test_a_pattern_filled_in_is_the_target_that_the_shim_has() -> None:
    pattern = json.loads(catalogue.render(collection_of))["hosted"]["supabase-db-push-{target}"]["target"]
    filled = json.loads(json.dumps(pattern).replace("{target}", "staging"))
    text = filled["metadata"]["description"]
    assert filled == targets.target("supabase-db-push-staging", text)


def test_the_copy_is_one_file() -> None:
    text = catalogue.standalone(collection_of)
    assert "require('./targets.json')" not in text
    assert "supabase-db-push-{target}" in text
