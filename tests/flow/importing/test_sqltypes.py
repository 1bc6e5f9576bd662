from __future__ import annotations

import pytest

from supabase_tasks.flow.importing.sqltypes import EnumNames, Names, identity_of

DOMAINS = {
    ("shop", "email"): "text",
    ("shop", "address"): "extensions.citext",
    ("shop", "handle"): "shop.address",
}
STATUS = {("shop", "status"): EnumNames("Status", {"draft": "DRAFT"})}


@pytest.mark.parametrize(
    ("text", "annotation", "expression", "definition"),
    [
        ("uuid", "UUID", "sa.Uuid", None),
        ("character varying(80)", "str", "sa.String(80)", None),
        ("numeric(10,2)", "Decimal", "sa.Numeric(10, 2)", None),
        ("numeric(10,-2)", "Decimal", "Numeric10Minus2", "sa.Numeric(10, -2)"),
        ("timestamp with time zone", "datetime", "Timestamp", "sa.DateTime(timezone=True)"),
        ("timestamp(3) with time zone", "datetime", "Timestamp3", "pg.TIMESTAMP(timezone=True, precision=3)"),
        ("text[]", "list[str]", "TextArray", "pg.ARRAY(sa.Text)"),
        ("shop.status", "Status", "StatusType", None),
        ("shop.status[]", "list[Status]", "StatusArray", "pg.ARRAY(StatusType)"),
        ("extensions.vector(3)", "Any", "Vector3", 'SqlType("extensions.vector(3)")'),
        ("extensions.citext", "str", "Citext", 'SqlType("extensions.citext")'),
        ("daterange", "Any", "pg.DATERANGE", None),
        ("tstzmultirange", "Any", "pg.TSTZMULTIRANGE", None),
        ("shop.address", "str", "Address", 'SqlType("shop.address")'),
        ("shop.handle", "str", "Handle", 'SqlType("shop.handle")'),
        ("shop.email", "str", "Email", 'SqlType("shop.email")'),
    ],
)
def test_a_type_has_an_annotation_and_a_name(
    text: str, annotation: str, expression: str, definition: str | None
) -> None:
    names = Names(STATUS, DOMAINS)
    found = names.column_type(text)
    assert (found.annotation, found.expression) == (annotation, expression)
    assert names.named.get(expression) == definition


def test_two_types_of_one_name_are_told_apart() -> None:
    names = Names({})
    assert [names.column_type(text).expression for text in ("a.mood", "b.mood", "a.mood")] == ["Mood", "Mood_2", "Mood"]


def test_a_column_called_date_leaves_the_module_before_the_type() -> None:
    assert Names({}, {}, {"date", "id"}).column_type("date").annotation == "dt.date"


def test_quoted_names_are_read() -> None:
    assert identity_of('"Odd Names"."a ""b"""') == ("Odd Names", 'a "b"')
    assert identity_of("status") == ("public", "status")
