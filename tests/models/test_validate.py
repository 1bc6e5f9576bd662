"""What models may not say is refused with the author's file and line."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from supabase_tasks.errors import ModelsError
from supabase_tasks.models import Models

HEAD = "from sqlalchemy import *\nfrom supabase_tasks.schema import *\nm = MetaData()\n"
TABLE = "t = Table('t', m, Column('id', Integer, primary_key=True)"

# The code after HEAD and what the error must name. The last line of the code is the one that is wrong.
REFUSED = {
    "a policy without row level security": (
        f"{TABLE},\n RowLevelSecurity.off(),\n Policy('Read', 'select', using=True))",
        "has no row level security",
    ),
    "a policy on an unknown table": (f"{TABLE})\nPolicy('Read', 'select', on='public.u', using=True)", "public.u"),
    "a policy for an unknown role": (
        f"{TABLE},\n Policy('Read', 'select', to='autenticated', using=True))",
        "autenticated",
    ),
    "a grant to an unknown role": (f"{TABLE})\nGrant('select', to='reporter', on=t)", "reporter"),
    "a default privilege to an unknown role": (
        f"{TABLE})\nDefaultPrivileges('select', 'tables', to='reporter')",
        "reporter",
    ),
    "two policies of one name": (
        f"{TABLE},\n Policy('Read', 'select', using=True),\n Policy('Read', 'update', using=True))",
        "declared twice",
    ),
    "a view named like a table": (f"{TABLE})\nView('t', 'select 1 as a')", "declared twice"),
    "two functions of one signature": (
        f"{TABLE})\nFunction('f', 'select 1', args='a int', returns='int')\n"
        "Function('f', 'select 2', args='b integer', returns='int')",
        "declared twice",
    ),
    "a table in a platform schema": (
        "Table('t', m, Column('id', Integer), schema='storage')",
        "lies in a schema of the platform",
    ),
    "a function in a platform schema": (f"{TABLE})\nFunction('f', 'select 1', schema='auth')", "of the platform"),
    "a platform schema": (f"{TABLE})\nSchema('realtime')", "of the platform"),
    "an unknown command": (f"{TABLE},\n Policy('Read', 'read', using=True))", "command must be all, select"),
    "a filter for insert": (f"{TABLE},\n Policy('Add', 'insert', using=True))", "no rows to filter"),
    "a check for select": (f"{TABLE},\n Policy('Read', 'select', check=True))", "writes no rows"),
    "a policy without a condition": (f"{TABLE},\n Policy('Read', 'select'))", "no condition"),
    "a policy for no role": (f"{TABLE},\n Policy('Read', 'select', to=[], using=True))", "names no role"),
    "a grant of nothing": (f"{TABLE},\n Grant('', to=anon))", "needs privileges"),
    "ALL and more": (f"{TABLE},\n Grant('all, select', to=anon))", "ALL stands alone"),
    "a trigger on an unknown event": (f"{TABLE},\n Trigger('x', 'f', events='change'))", "events are"),
    "trigger columns without update": (f"{TABLE},\n Trigger('x', 'f', events='insert', columns=['id']))", "to update"),
    "a constraint trigger before": (f"{TABLE},\n Trigger('x', 'f', constraint=True))", "is after, for each row"),
    "a deferrable plain trigger": (f"{TABLE},\n Trigger('x', 'f', deferrable=True))", "only a constraint trigger"),
    "a renamed value that is none": (
        f"{TABLE})\ne = Enum('a', name='e')\nEnumOptions(e, renamed_values={{'b': 'c'}})",
        "has no value b",
    ),
    "arguments that do not parse": (f"{TABLE})\nFunction('f', 'select 1', args='a int,,')", "do not parse"),
}


@pytest.mark.parametrize(("code", "message"), REFUSED.values(), ids=REFUSED)
def test_refused(code: str, message: str, load: Callable[[str], Models]) -> None:
    text = HEAD + code
    with pytest.raises(ModelsError) as caught:
        load(text)
    assert message in caught.value.message
    assert f".py:{text.count(chr(10)) + 1}: " in caught.value.message


def test_one_name_in_two_schemas_is_two_objects(load: Callable[[str], Models]) -> None:
    models = load(
        f"{HEAD}{TABLE})\nTable('t', m, Column('id', Integer), schema='app')\nView('v', 'select 1', schema='app')"
    )
    assert models.find("schema", ["app"])


def test_overloaded_functions_are_two_objects(load: Callable[[str], Models]) -> None:
    models = load(
        f"{HEAD}{TABLE})\nFunction('f', 'select 1', args='a int', returns='int')\n"
        "Function('f', 'select 1', args='a text', returns='int')"
    )
    assert models.find("function", ["public", "f", "integer"]) and models.find("function", ["public", "f", "text"])


def test_a_declared_role_is_known(load: Callable[[str], Models]) -> None:
    models = load(f"{HEAD}{TABLE},\n Grant('select', to=Role('reporter')))")
    assert models.find("role", ["reporter"])


def test_row_level_security_in_plain_sql_counts(load: Callable[[str], Models]) -> None:
    load(
        f"{HEAD}{TABLE})\n"
        "Sql('create table app2.w (id int); alter table app2.w enable row level security;"
        " create policy p on app2.w using (true)')"
    )


def test_policies_wait_where_plain_sql_says_that_there_is_no_row_level_security(load: Callable[[str], Models]) -> None:
    off = f"{HEAD}{TABLE},\n RowLevelSecurity.off())\nSql('create policy p on t using (true)')\n"
    with pytest.raises(ModelsError, match="has no row level security"):
        load(off)
    load(f"{off}Sql('alter table t disable row level security')")


def test_all_that_is_declared_twice_is_told_at_once(load: Callable[..., Models]) -> None:
    text = f"""{HEAD}
t = Table("t", m, Column("id", Integer, primary_key=True),
    Column("a", Integer, index=True),
    Column("b", Integer, index=True),
    Index("ix_t_a", "a"),
    Index("ix_t_b", "b"),
)
"""
    with pytest.raises(ModelsError) as caught:
        load(text)
    told = sorted([caught.value.message, *str(caught.value.cause).splitlines()])
    assert [re.sub(r".*(:\d+: )", r"\1", line) for line in told] == [
        f":{text[: text.index(chr(34) + name)].count(chr(10)) + 1}: index public.{name} is declared twice:"
        f" the column {name[-1]} makes it by index=True"
        for name in ("ix_t_a", "ix_t_b")
    ]
