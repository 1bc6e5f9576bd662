from __future__ import annotations

import shlex
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from supabase_tasks.diff.options import Candidate, PlanOptions, Question
from supabase_tasks.diff.plan.build import build_plan
from supabase_tasks.diff.plan.rename_answers import RenameAnswers
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
    assert question["answers"] == ["--rename public.t.a:public.t.c", "--rename :public.t.c --allow data-loss"]


def test_an_attribute_of_a_composite_type_that_may_be_renamed_is_asked_about(planned: Planned) -> None:
    types = ("CREATE TYPE public.t AS (a text, b text)", "CREATE TYPE public.t AS (c text, b text)")
    with pytest.raises(UnansweredError) as caught:
        planned(*types)
    (question,) = caught.value.data["unanswered"]
    assert (question["kind"], question["new"]) == ("attribute", "public.t.c")
    assert question["answers"] == ["--rename public.t.a:public.t.c", "--rename :public.t.c --allow data-loss"]
    for answer in ("public.t.a:public.t.c", "attribute:a:c"):
        assert statements(planned(*types, renames=(answer,))) == [
            "ALTER TYPE public.t RENAME ATTRIBUTE a TO c CASCADE;"
        ]
    assert "RENAME ATTRIBUTE" not in planned(*types, renames=(":public.t.c",), allow=frozenset({"data-loss"})).sql


@pytest.mark.parametrize(
    "answer", ["public.t.a:public.t.c", "public.t.a:c", "column:public.t.a:public.t.c", "a:c", "t.a:c", "column:a:c"]
)
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


def test_an_answer_may_be_written_as_sql_writes_the_names(planned: Planned) -> None:
    table = "CREATE TABLE public.{} (id int, x text)"
    found = planned(table.format('"Odd"'), table.format("even"), renames=('public."Odd":public.even',))
    assert statements(found) == ['ALTER TABLE public."Odd" RENAME TO even;']


def test_a_short_answer_that_several_renames_fit_names_them(planned: Planned) -> None:
    two = "CREATE TABLE public.u (id int, {0} text);\nCREATE TABLE public.t (id int, {0} text)"
    with pytest.raises(DiffError) as caught:
        planned(two.format("a"), two.format("c"), renames=("a:c",))
    assert caught.value.code == "rename-ambiguous"
    assert caught.value.data["renames"] == ["public.t.a:public.t.c", "public.u.a:public.u.c"]
    assert (caught.value.next_step or "").endswith(" --rename public.t.a:public.t.c")


def test_at_a_terminal_the_likeliest_comes_first(planned: Planned) -> None:
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


COLUMNS = "CREATE TABLE public.t (id int PRIMARY KEY, a int, b int)"


@pytest.mark.parametrize(
    "answers",
    [
        ("public.t.a:public.t.b", "public.t.b:public.t.c"),
        ("public.t.b:public.t.c", "public.t.a:public.t.b"),
        ("column:public.t.a:b", "public.t.b:c"),
    ],
)
def test_a_chain_is_renamed_from_its_end(planned: Planned, answers: tuple[str, ...]) -> None:
    found = planned(COLUMNS, "CREATE TABLE public.t (id int PRIMARY KEY, b int, c int)", renames=answers)
    assert statements(found) == [
        "ALTER TABLE public.t RENAME COLUMN b TO c;",
        "ALTER TABLE public.t RENAME COLUMN a TO b;",
    ]


def test_the_rest_of_half_a_chain_is_asked(planned: Planned) -> None:
    after = "CREATE TABLE public.t (id int PRIMARY KEY, b int, c int)"
    with pytest.raises(UnansweredError) as caught:
        planned(COLUMNS, after, renames=("public.t.a:public.t.b",))
    (question,) = [one for one in caught.value.data["unanswered"] if one["question"] == "rename"]
    assert question["answers"] == ["--rename public.t.b:public.t.c", "--rename :public.t.c --allow data-loss"]


def test_a_swap_of_names_needs_both_answers(planned: Planned) -> None:
    swap = ("public.t.a:public.t.b", "public.t.b:public.t.a")
    assert [text.partition("COLUMN ")[2] for text in statements(planned(COLUMNS, COLUMNS, renames=swap))] == [
        "b TO b_old;",
        "a TO b;",
        "b_old TO a;",
    ]
    with pytest.raises(DiffError, match="does not match any rename"):
        planned(COLUMNS, COLUMNS, renames=swap[:1])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("public.customres:public.clients", "public.customers:public.clients"),
        ("customers:clienst", "customers:clients"),
        ("public.orders:public.clients", None),
    ],
)
def test_a_misspelt_rename_is_told_with_the_one_that_is_meant(planned: Planned, said: str, meant: str | None) -> None:
    before, after = "create table customers (id int, name text);", "create table clients (a uuid, b jsonb, c date);"
    with pytest.raises(DiffError, match="does not match any rename") as caught:
        planned(before, after, renames=(said,), allow=frozenset({"data-loss"}))
    assert (f"did you mean {meant!r}?" in str(caught.value), f"--rename {meant}" in str(caught.value.next_step)) == (
        bool(meant),
        bool(meant),
    )


def test_a_swap_in_the_models_was_made_long_ago(planned: Planned) -> None:
    hints = tuple(RenameHint("column", ("public", "t", new), old) for new, old in (("a", "b"), ("b", "a")))
    assert planned(COLUMNS, COLUMNS, ModelSummary(frozenset(), hints)).empty


def test_a_chain_in_the_models_is_made_once(planned: Planned) -> None:
    hints = tuple(RenameHint("column", ("public", "t", new), old) for new, old in (("b", "a"), ("c", "b")))
    after = "CREATE TABLE public.t (id int PRIMARY KEY, b int, c int)"
    summary = ModelSummary(frozenset(), hints)
    assert [text.partition("COLUMN ")[2] for text in statements(planned(COLUMNS, after, summary))] == [
        "b TO c;",
        "a TO b;",
    ]
    assert planned(after, after, summary).empty


STRANGE = 'CREATE TABLE public."a.b" (id int PRIMARY KEY, m text, n text, o text, "x:y" int, "q""r" int)'
STRANGER = 'CREATE TABLE public."a.c" (id int PRIMARY KEY, m text, n text, o text, "x:z" int, "q""s" int)'


def test_every_question_has_an_answer_that_can_be_pasted(planned: Planned) -> None:
    given: list[str] = []
    for _ in range(4):
        try:
            found = planned(STRANGE, STRANGER, renames=tuple(given))
            break
        except UnansweredError as error:
            for question in error.data["unanswered"]:
                option, answer = shlex.split(question["answers"][0])
                if question["question"] != "rename":
                    continue
                assert option == "--rename"
                given.append(answer)
    assert [text for text in statements(found) if "CONSTRAINT" not in text] == [
        'ALTER TABLE public."a.b" RENAME TO "a.c";',
        'ALTER TABLE public."a.c" RENAME COLUMN "q""r" TO "q""s";',
        'ALTER TABLE public."a.c" RENAME COLUMN "x:y" TO "x:z";',
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # One column goes, two come: the other one is new.
        ("a text NOT NULL", "c text NOT NULL, d text", ["ADD COLUMN d text", "RENAME COLUMN a TO c"]),
        ("a text", "c text NOT NULL, d text", ["ADD COLUMN c text", "RENAME COLUMN a TO d"]),
        ("a text, b text NOT NULL", "c text NOT NULL, d text", ["RENAME COLUMN a TO d", "RENAME COLUMN b TO c"]),
        ("a text, b text", "c text", ["DROP COLUMN"]),
        ("a text", "c text, d text, e text NOT NULL", ["ADD COLUMN e text", "RENAME COLUMN a TO"]),
    ],
)
def test_what_is_said_to_run_next_answers_everything(planned: Planned, old: str, new: str, expected: list[str]) -> None:
    before, after = (f"CREATE TABLE public.t (id int PRIMARY KEY, {columns})" for columns in (old, new))
    words: list[str] = []
    for _ in range(3):
        given = list(zip(words[::2], words[1::2], strict=True))
        try:
            found = planned(
                before,
                after,
                renames=tuple(value for option, value in given if option == "--rename"),
                defaults=dict(value.split("=", 1) for option, value in given if option == "--default"),
                allow=frozenset(value for option, value in given if option == "--allow"),
            )
            break
        except UnansweredError as error:
            words += shlex.split(error.next_step or "")[2:]
    else:
        pytest.fail(f"still open after {words}")
    for part in expected:
        assert part in found.sql


def test_names_may_be_said_without_quotes_too(planned: Planned) -> None:
    answers = ("public.a.b:public.a.c", "public.a.b.x:y:x:z", 'public.a.c.q"r:public.a.c.q"s')
    assert "RENAME COLUMN" in planned(STRANGE, STRANGER, renames=answers).sql


def test_a_strange_name_can_be_new(planned: Planned) -> None:
    before = 'CREATE TABLE public.t (id int PRIMARY KEY, "a.b" int)'
    after = 'CREATE TABLE public.t (id int PRIMARY KEY, "a.c" int)'
    for answer in (':public.t."a.c"', ":public.t.a.c", "column::public.t.a.c"):
        found = planned(before, after, renames=(answer,), allow=frozenset({"data-loss"}))
        assert 'ADD COLUMN "a.c" integer' in found.sql


CHANGED = {
    "length": ("name varchar", "title varchar(200)"),
    "type": ("price int", "amount numeric(10,2)"),
    "time zone": ("made timestamp", "created timestamptz"),
    "json": ("data json", "payload jsonb"),
    "arrays": ("tags varchar[]", "labels text[]"),
    "not null": ("name text", "title varchar(80) NOT NULL"),
}


@pytest.mark.parametrize(("old", "new"), CHANGED.values(), ids=CHANGED)
def test_a_rename_that_also_changes_the_type_is_offered(planned: Planned, old: str, new: str) -> None:
    table = "CREATE TABLE public.stop (id int PRIMARY KEY, {})"
    with pytest.raises(UnansweredError) as caught:
        planned(table.format(old), table.format(new))
    (question,) = [one for one in caught.value.data["unanswered"] if one["question"] == "rename"]
    assert question["candidates"][0]["old"] == f"public.stop.{old.split()[0]}"


def test_what_has_nothing_in_common_is_not_offered(planned: Planned) -> None:
    table = "CREATE TABLE public.stop (id int PRIMARY KEY, {})"
    found = planned(table.format("legacy boolean"), table.format("score float8"), allow=frozenset({"data-loss"}))
    assert "ADD COLUMN score" in found.sql


SERIAL = "CREATE TABLE public.dish (id serial PRIMARY KEY); CREATE TABLE public.recipe (id serial PRIMARY KEY);"


def test_sequences_go_with_their_columns_and_nothing_is_asked(planned: Planned) -> None:
    before = (
        SERIAL
        + "ALTER SEQUENCE public.dish_id_seq RENAME TO d; ALTER SEQUENCE public.recipe_id_seq RENAME TO dish_id_seq;"
    )
    assert statements(planned(before, SERIAL)) == [
        "ALTER SEQUENCE public.dish_id_seq RENAME TO recipe_id_seq;",
        "ALTER SEQUENCE public.d RENAME TO dish_id_seq;",
    ]


def test_a_sequence_that_comes_with_a_new_column_was_no_other(planned: Planned) -> None:
    before = "CREATE TABLE public.old (id serial PRIMARY KEY, x int)"
    after = "CREATE TABLE public.fresh (id serial PRIMARY KEY, q text, r text)"
    found = planned(before, after, renames=(":public.fresh",), allow=frozenset({"data-loss"}))
    assert "CREATE SEQUENCE public.fresh_id_seq" in found.sql


def test_a_sequence_of_its_own_is_still_asked(planned: Planned) -> None:
    with pytest.raises(UnansweredError) as caught:
        planned("CREATE SEQUENCE public.one", "CREATE SEQUENCE public.two")
    assert caught.value.data["unanswered"][0]["kind"] == "sequence"


def test_a_value_that_is_used_at_once_comes_after_the_moves(planned: Planned) -> None:
    before = "CREATE TYPE public.k AS ENUM ('a'); CREATE TABLE public.t (k public.k DEFAULT 'a')"
    after = "CREATE SCHEMA app; CREATE TYPE app.k AS ENUM ('a', 'b'); CREATE TABLE public.t (k app.k DEFAULT 'b')"
    first, second = planned(before, after, renames=("public.k:app.k",)).files
    assert [text for text in first.statements if not text.startswith("SET ")] == [
        "CREATE SCHEMA app;",
        "ALTER TYPE public.k SET SCHEMA app;",
        "ALTER TYPE app.k ADD VALUE 'b';",
    ]
    assert "SET DEFAULT 'b'::app.k" in second.sql


def test_three_hundred_answers_are_matched_at_once() -> None:
    """Matching each answer with each pair of names took minutes."""
    kept = {("column", ("public", f"t{number % 30}", f"kept{number}")) for number in range(3000)}
    olds, news = (
        {("column", ("public", f"t{number % 30}", f"{word}{number}")) for number in range(300)} for word in ("a", "b")
    )
    texts = [f"public.t{number % 30}.a{number}:public.t{number % 30}.b{number}" for number in range(150)]
    texts += [f"column:public.t{number % 30}.a{number}:b{number}" for number in range(150, 300)]
    answers = RenameAnswers(PlanOptions(renames=tuple(texts)), None)
    started = process_time()
    pairs = answers.pairs(olds | kept, news | kept)
    assert process_time() - started < 2
    assert {(old[1][2][1:], new[1][2][1:]) for old, new in pairs} == {(str(number),) * 2 for number in range(300)}
    answers.demand_used()
