from sqlalchemy import Column, Integer, MetaData, Table

from supabase_tasks.models.language.base import table_items
from supabase_tasks.schema import Policy, RowLevelSecurity, anon, authenticated


def sql_of(*items: object) -> list[str]:
    table = Table("my table", MetaData(), Column("id", Integer), *items, schema="app")
    return [sql for item in table_items(table) for sql in item.statements()]


def test_names_are_quoted_where_they_must_be() -> None:
    (sql,) = sql_of(Policy('Say "yes"', using=True))
    assert sql.startswith('create policy "Say ""yes""" on app."my table"')


def test_a_policy_says_all_of_itself() -> None:
    (sql,) = sql_of(Policy("p", "update", [anon, authenticated], using="id > 0", check="id > 1", restrictive=True))
    assert sql.split("\n  ")[1:] == [
        "as restrictive",
        "for update",
        "to anon, authenticated",
        "using (id > 0)",
        "with check (id > 1)",
    ]


def test_row_level_security_off_says_nothing() -> None:
    assert sql_of(RowLevelSecurity.off()) == []
    assert sql_of(RowLevelSecurity(force=True))[1].endswith("force row level security")
