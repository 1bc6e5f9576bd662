from collections.abc import Callable

from supabase_tasks.models import Models
from supabase_tasks.models.renames import hints

CODE = """
from sqlalchemy import *
from supabase_tasks.schema import *

m = MetaData()
level = Enum("low", "top", name="level")
EnumOptions(level, renamed_values={"top": "high"}, renamed_from="grade")
t = Table(
    "ticket", m,
    Column("id", Integer, primary_key=True),
    Column("title", Text, info=renamed_from("name")),
    Column("level", level),
    CheckConstraint("title <> ''", name="ck_title", info=renamed_from("ck_name")),
    Index("ix_title", "title", info=renamed_from("ix_name")),
    RenamedFrom("legacy.issue"),
    Policy("Read", using=True, renamed_from="Look"),
)
View("open_tickets", "select 1", renamed_from="open_issues")
Function("f", "select 1", args="a int", returns="int", renamed_from="g")
"""


def test_every_former_name_is_told(load: Callable[[str], Models]) -> None:
    found = {(hint.kind, hint.identity, hint.old_name) for hint in hints(load(CODE))}
    assert found == {
        ("enum", ("public", "level"), "grade"),
        ("enum_value", ("public", "level", "top"), "high"),
        ("table", ("public", "ticket"), "legacy.issue"),
        ("column", ("public", "ticket", "title"), "name"),
        ("constraint", ("public", "ticket", "ck_title"), "ck_name"),
        ("index", ("public", "ix_title"), "ix_name"),
        ("policy", ("public", "ticket", "Read"), "Look"),
        ("view", ("public", "open_tickets"), "open_issues"),
        ("function", ("public", "f", "integer"), "g"),
    }


def test_a_hint_knows_where_it_was_written(load: Callable[[str], Models]) -> None:
    lines = {hint.kind: hint.origin.line for hint in hints(load(CODE)) if hint.origin}
    assert lines["view"] == CODE[: CODE.index("View(")].count("\n") + 1
    assert lines["column"] == CODE[: CODE.index("t = Table(")].count("\n") + 1
