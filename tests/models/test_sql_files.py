from pathlib import Path

import pytest

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Origin
from supabase_tasks.models.sql_files import parse, read_folder

HERE = Origin(Path("/project/sql/a.sql"), 1)

STATEMENTS = {
    "create function app.f(a int, out b text) language sql as ''": ("function", ("app", "f", "integer")),
    "create procedure p() language sql as ''": ("procedure", ("public", "p", "")),
    "create aggregate s(int) (sfunc = f, stype = int)": ("aggregate", ("public", "s", "integer")),
    "create view app.v as select 1": ("view", ("app", "v")),
    "create materialized view m as select 1": ("materialized_view", ("public", "m")),
    'create policy "May read" on app.t using (true)': ("policy", ("app", "t", "May read")),
    "create trigger g before insert on t execute function f()": ("trigger", ("public", "t", "g")),
    "create event trigger e on sql_drop execute function f()": ("event_trigger", ("e",)),
    "create rule r as on delete to t do instead nothing": ("rule", ("public", "t", "r")),
    "create extension if not exists citext schema extensions": ("extension", ("citext",)),
    "create schema app": ("schema", ("app",)),
    "create type app.mood as enum ('a')": ("enum", ("app", "mood")),
    "create domain d as text": ("domain", ("public", "d")),
    "create type c as (a int)": ("composite", ("public", "c")),
    "create type r as range (subtype = int)": ("range", ("public", "r")),
    "create sequence app.s": ("sequence", ("app", "s")),
    "create table app.t (id int)": ("table", ("app", "t")),
    "create index i on app.t (id)": ("index", ("app", "i")),
    "create statistics app.st on a, b from app.t": ("statistics", ("app", "st")),
    "create collation c (provider = libc, locale = 'C')": ("sql", (str(HERE.file), "1")),
    "grant select on t to anon": ("sql", (str(HERE.file), "1")),
}


@pytest.mark.parametrize(("sql", "expected"), STATEMENTS.items(), ids=STATEMENTS)
def test_a_statement_is_known_for_what_it_creates(sql: str, expected: tuple[str, tuple[str, ...]]) -> None:
    (item,) = parse(f"{sql};\n", HERE)
    assert (item.kind, item.identity) == expected
    assert item.statements() == [sql]


REFUSED = ["insert into t values (1)", "update t set a = 1", "delete from t", "select 1", "drop table t", "begin"]


@pytest.mark.parametrize("sql", REFUSED)
def test_what_declares_nothing_is_refused_with_its_line(sql: str) -> None:
    with pytest.raises(ModelsError, match=r"a\.sql:3: .* does not belong here"):
        parse(f"-- first\n\n{sql};", HERE)


def test_comments_and_umlauts_do_not_move_statements() -> None:
    text = "/* Grüße */ create schema a ;;\n\n-- ä\ncreate schema b; -- ö\n\n\ncreate schema c"
    items = parse(text, HERE)
    assert [(item.sql, item.origin.line) for item in items] == [
        ("create schema a", 1),
        ("create schema b", 4),
        ("create schema c", 7),
    ]


def test_a_comment_says_the_former_name() -> None:
    first, second = parse("-- renamed_from: old\n-- more\ncreate view v as select 1;\ncreate schema s;", HERE)
    assert (first.renamed_from, second.renamed_from) == ("old", None)


def test_sql_that_does_not_parse_is_refused_with_its_line() -> None:
    with pytest.raises(ModelsError, match=r"a\.sql:2: the SQL does not parse"):
        parse("create schema a;\ncreate tabel t ();", HERE)


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "x.sql").write_text("create schema second")
    (tmp_path / "a.sql").write_text("create schema first;")
    (tmp_path / "notes.txt").write_text("not SQL")
    assert [item.identity for item in read_folder(tmp_path)] == [("first",), ("second",)]


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.sql").write_text("\ufeffcreate schema app;\r\n", encoding="utf-8")
    assert [item.identity for item in read_folder(tmp_path)] == [("app",)]
