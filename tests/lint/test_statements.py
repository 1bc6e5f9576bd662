from pathlib import Path

from supabase_tasks.lint.blocks import inside
from supabase_tasks.lint.source import Source
from supabase_tasks.lint.statements import parse


def parsed(sql: str):
    return parse(Source(Path("0001_a.sql"), sql))


def test_places_count_characters_not_bytes() -> None:
    found = parsed("-- ü\nselect 'ü'; select 2;\n/* x */ select 3")
    places = [(statement.place.line, statement.place.column) for statement in found.statements]
    assert places == [(2, 1), (2, 13), (3, 9)]


def test_a_syntax_error_keeps_the_other_statements() -> None:
    found = parsed("select 1;\nselect from where;\ncreate table t (id int);\n")
    assert found.fault is not None and found.fault.place.line == 2
    assert [statement.kind for statement in found.statements] == ["select_stmt", "create_stmt"]
    assert found.statements[1].place.line == 3


def test_the_last_statement_next_to_a_syntax_error_ends_with_its_own_text() -> None:
    sql = "select from where;\nselect 1;\nselect 2;\n"
    found = parsed(sql)
    assert [sql[item.start : item.end] for item in found.statements] == ["select 1", "select 2"]


def test_a_file_that_cannot_even_be_split_has_only_a_fault() -> None:
    found = parsed("select 'never closed")
    assert (found.statements, found.fault is not None) == ((), True)


def test_a_do_block_gives_its_static_and_its_literal_statements() -> None:
    (block,) = parsed(
        "select 1;\ndo $$\nbegin\n  create policy p on t using (true);\n"
        "  execute 'alter table t enable row level security';\nend\n$$;\n"
    ).statements[1:]
    found = inside(block)
    assert [(item.kind, item.place.line) for item in found.statements] == [
        ("create_policy_stmt", 4),
        ("alter_table_stmt", 5),
    ]


def test_computed_statements_touch_the_names_the_block_mentions() -> None:
    (block,) = parsed(
        "do $$ declare t text; begin foreach t in array array['a', 'b'] loop"
        " execute format('alter table %I enable row level security', t); end loop; end $$"
    ).statements
    dynamic = inside(block).dynamic
    assert dynamic is not None
    assert dynamic.touches("enable row level security", "a")
    assert not dynamic.touches("enable row level security", "c")
    assert not dynamic.touches("create policy", "a")


def test_computed_statements_that_read_the_catalogue_may_touch_anything() -> None:
    (block,) = parsed(
        "do $$ declare r record; begin for r in select tablename from pg_tables loop"
        " execute format('alter table %I enable row level security', r.tablename); end loop; end $$"
    ).statements
    dynamic = inside(block).dynamic
    assert dynamic is not None and dynamic.touches("enable row level security", "anything")


def test_a_block_that_cannot_be_read_may_run_whatever_it_mentions() -> None:
    for body in (
        "language plpython3u $$ run('create policy on t') $$",
        "$$ begin if create policy on t; end $$",
    ):
        found = inside(parsed(f"do {body}").statements[0])
        assert found.statements == ()
        assert found.dynamic is not None and found.dynamic.touches("create policy", "t")
