from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from supabase_tasks.diff.options import Candidate, PlanOptions, Question
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.result import Plan
from supabase_tasks.errors import DiffError, UnansweredError
from supabase_tasks.models.declaration import RenameHint
from supabase_tasks.models.summary import ModelSummary
from supabase_tasks.postgres import Server

Make = Callable[[str], str]
Planned = Callable[..., Plan]
OLD = "CREATE TABLE public.t (id int PRIMARY KEY, a text, b text)"
NEW = "CREATE TABLE public.t (id int PRIMARY KEY, c text, b text)"


@pytest.fixture
def planned(server: Server, database: Make) -> Planned:
    def made(current: str, desired: str, models: ModelSummary | None = None, **options: Any) -> Plan:
        with server.connect(database(current)) as first, server.connect(database(desired)) as second:
            return build_plan(first, second, models, PlanOptions(**options))

    return made


def statements(found: Plan) -> list[str]:
    return [text for file in found.files for text in file.statements if not text.startswith("SET ")]


def test_an_open_rename_stops_an_unattended_run(planned: Planned) -> None:
    with pytest.raises(UnansweredError) as caught:
        planned(OLD, NEW)
    (question,) = caught.value.data["unanswered"]
    assert (question["kind"], question["new"]) == ("column", "public.t.c")
    assert question["answers"] == ["--rename public.t.a:public.t.c", "--rename :public.t.c"]


@pytest.mark.parametrize("answer", ["public.t.a:public.t.c", "public.t.a:c", "column:public.t.a:public.t.c"])
def test_an_answer_renames(planned: Planned, answer: str) -> None:
    found = planned(OLD, NEW, renames=(answer,))
    assert statements(found) == ["ALTER TABLE public.t RENAME COLUMN a TO c;"]
    assert found.slug == "rename_t_a_to_c"


def test_an_empty_old_side_says_that_it_is_new(planned: Planned) -> None:
    found = planned(OLD, NEW, renames=(":public.t.c",), allow=frozenset({"data-loss"}))
    assert "DROP COLUMN a" in found.sql
    assert "ADD COLUMN c text" in found.sql


def test_a_misspelt_answer_is_refused(planned: Planned) -> None:
    with pytest.raises(DiffError) as caught:
        planned(OLD, OLD, renames=("public.t.x:public.t.y",))
    assert caught.value.code == "rename-unmatched"


def test_somebody_who_is_there_is_asked_with_the_likeliest_first(planned: Planned) -> None:
    asked: list[Question] = []

    def ask(question: Question) -> Candidate | None:
        asked.append(question)
        return question.candidates[0]

    before = "CREATE TABLE public.t (id int PRIMARY KEY, titel text, n int, x text)"
    after = "CREATE TABLE public.t (id int PRIMARY KEY, title text, n int)"
    found = planned(before, after, ask=ask, allow=frozenset({"data-loss"}))
    assert [candidate.old for candidate in asked[0].candidates] == ["public.t.titel", "public.t.x"]
    assert "RENAME COLUMN titel TO title" in found.sql


def test_the_model_may_say_it(planned: Planned) -> None:
    hint = RenameHint("column", ("public", "t", "c"), "a")
    assert statements(planned(OLD, NEW, ModelSummary(frozenset(), (hint,)))) == [
        "ALTER TABLE public.t RENAME COLUMN a TO c;"
    ]


def test_a_hint_that_was_applied_says_nothing(planned: Planned) -> None:
    hint = RenameHint("column", ("public", "t", "c"), "a")
    assert planned(NEW, NEW, ModelSummary(frozenset(), (hint,))).empty


def test_what_holds_no_rows_is_renamed_without_a_question(planned: Planned) -> None:
    table = "CREATE TABLE public.t (id int, a text);"
    before = table + "CREATE INDEX i ON public.t (a); CREATE POLICY p ON public.t USING (id > 0)"
    after = table + "CREATE INDEX j ON public.t (a); CREATE POLICY q ON public.t USING (id > 0)"
    assert statements(planned(before, after)) == [
        "ALTER INDEX public.i RENAME TO j;",
        "ALTER POLICY p ON public.t RENAME TO q;",
    ]


def test_a_renamed_table_takes_its_dependants_along(planned: Planned) -> None:
    before = OLD + "; CREATE VIEW public.v AS SELECT id FROM public.t; CREATE INDEX i ON public.t (a)"
    found = planned(before, before.replace("public.t", "public.u"), renames=("public.t:public.u",))
    assert statements(found) == [
        "ALTER TABLE public.t RENAME TO u;",
        "ALTER TABLE public.u RENAME CONSTRAINT t_pkey TO u_pkey;",
    ]


def test_a_column_of_another_type_is_another_column(planned: Planned) -> None:
    after = "CREATE TABLE public.t (id int PRIMARY KEY, zz jsonb, b text)"
    assert "ADD COLUMN zz jsonb" in planned(OLD, after, allow=frozenset({"data-loss"})).sql
