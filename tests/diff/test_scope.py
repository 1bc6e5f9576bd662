from __future__ import annotations

import pytest

from supabase_tasks.diff.catalog.scope import Scope


@pytest.mark.parametrize(
    ("pattern", "kind", "identity"),
    [
        ("public.legacy_*", "table", ("public", "legacy_orders")),
        ("public.legacy_*", "policy", ("public", "legacy_orders", "read")),
        ("policy:storage.objects.*", "policy", ("storage", "objects", "anyone reads")),
        ("old", "schema", ("old",)),
        ("old", "table", ("old", "t")),
    ],
)
def test_a_pattern_covers_the_object_and_what_lives_on_it(pattern: str, kind: str, identity: tuple[str, ...]) -> None:
    assert Scope((pattern,)).ignores(kind, identity)


@pytest.mark.parametrize(
    ("pattern", "kind", "identity"),
    [
        ("public.legacy_*", "table", ("public", "orders")),
        ("policy:public.t", "trigger", ("public", "t", "x")),
        ("table:public.t", "view", ("public", "t")),
    ],
)
def test_other_objects_are_compared(pattern: str, kind: str, identity: tuple[str, ...]) -> None:
    assert not Scope((pattern,)).ignores(kind, identity)
