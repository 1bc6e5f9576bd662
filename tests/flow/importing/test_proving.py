"""What an import does when PostgreSQL or SQLAlchemy does not take the first draft."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import MetaData

from supabase_tasks.errors import ModelsError, SettingsError, TaskError
from supabase_tasks.flow.importing.drafting import Draft
from supabase_tasks.flow.importing.proving import ImportResult, Proof, UnclearRelationshipsError, _in_one
from supabase_tasks.models import sql_files
from supabase_tasks.models.collect import collect_models
from supabase_tasks.models.declaration import Origin
from supabase_tasks.settings import Settings

Key = tuple[str, tuple[str, ...]]
ORDERS: Key = ("table", ("public", "orders"))
READ: Key = ("policy", ("public", "orders", "read"))


def refusal(key: Key) -> ModelsError:
    return ModelsError("PostgreSQL refuses it", data={"kind": key[0], "identity": list(key[1])})


def proof(**parts: Any) -> Any:
    nothing: Any = None
    settings = Settings(root=Path(), project="shop", supabase=Path("supabase"), migrations=Path("supabase/migrations"))
    draft = Draft(settings, nothing, nothing, (), "db", "sql", 88)
    return type("Tried", (Proof,), parts)(nothing, "template", "goal", draft, "")


@pytest.mark.parametrize(
    ("faults", "exact", "made"),
    [
        ([], set(), True),
        ([refusal(ORDERS)], {ORDERS}, True),
        ([refusal(ORDERS), refusal(READ)], {ORDERS, READ}, True),
        # As it was printed it is refused as well: that is no question of how it is written.
        ([refusal(ORDERS), refusal(ORDERS)], {ORDERS}, False),
        ([SettingsError("another fault")], set(), False),
        ([refusal(("table", ("public", str(number)))) for number in range(9)], None, False),
    ],
)
def test_only_what_is_refused_is_written_as_it_is_printed(
    faults: list[TaskError], exact: set[Key] | None, made: bool
) -> None:
    tried: list[frozenset[Key]] = []

    def attempt(self: Proof, folder: Path, exact: frozenset[Key]) -> object:
        tried.append(exact)
        if len(tried) <= len(faults):
            raise faults[len(tried) - 1]
        return "made"

    found, result = proof(_try=attempt)._try_readable(Path())
    assert (result == "made") is made
    assert exact is None or found == exact
    assert tried[0] == frozenset() and len(tried) <= 6


def test_classes_that_sqlalchemy_cannot_relate_have_no_relationships_and_that_is_told() -> None:
    def attempt(self: Proof) -> ImportResult:
        if self.draft.relationships:
            raise UnclearRelationshipsError("Could not determine join condition\nmore of it")
        return ImportResult({"db/orders.py": "class Order"}, 1, ())

    found = cast(ImportResult, proof(_import_draft=attempt).import_models())
    assert found == dataclasses.replace(
        found, left=(), notes=("the classes have no relationships: Could not determine join condition",)
    )


def test_a_statement_for_what_the_models_have_already_is_left_and_told() -> None:
    class Differing:
        files = (type("File", (), {"statements": ("CREATE OR REPLACE VIEW public.v AS SELECT 2 AS a;",)})(),)
        unmodelled = ()

    declared = collect_models(
        MetaData(), sql_files.parse("create view public.v as select 1 as a;", Origin(Path("v.sql"), 1))
    )
    missing = cast(Any, Differing())
    found = proof()._with_rest({"v.sql": "…"}, declared, proof().draft.settings, missing)
    assert (dict(found.files), found.left) == ({"v.sql": "…"}, ("CREATE OR REPLACE VIEW public.v AS SELECT 2 AS a;",))


def test_what_git_may_do_to_carriage_returns_is_said() -> None:
    def attempt(self: Proof) -> ImportResult:
        return ImportResult({"sql/functions.sql": "as $$\r\nselect 1\r\n$$", "sql/views.sql": "create view\n"}, 1, ())

    (note,) = proof(_import_draft=attempt).import_models().notes
    assert (
        note.startswith("sql/functions.sql: lines end with \\r\\n there") and "`*.sql -text` in .gitattributes" in note
    )


def test_a_constraint_is_added_as_it_is_in_the_end() -> None:
    made = _in_one(
        [
            "ALTER TABLE public.t\n    ADD CONSTRAINT a CHECK (b > 0) NOT VALID,\n    ADD CONSTRAINT b CHECK (b > 1) NOT VALID;",
            "ALTER TABLE public.tt ADD CONSTRAINT a CHECK (b > 0) NOT VALID;",
            "ALTER TABLE public.t VALIDATE CONSTRAINT a;",
            "ALTER TABLE public.t VALIDATE CONSTRAINT c;",
        ]
    )
    assert made == [
        "ALTER TABLE public.t\n    ADD CONSTRAINT a CHECK (b > 0),\n    ADD CONSTRAINT b CHECK (b > 1) NOT VALID;",
        "ALTER TABLE public.tt ADD CONSTRAINT a CHECK (b > 0) NOT VALID;",
        "ALTER TABLE public.t VALIDATE CONSTRAINT c;",
    ]
