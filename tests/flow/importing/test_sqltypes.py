from __future__ import annotations

import pytest

from supabase_tasks.flow.importing.sqltypes import Names, identity_of, typed

NAMES = Names({("shop", "status"): ("status", "Status")})


@pytest.mark.parametrize(
    ("text", "expression", "annotation"),
    [
        ("uuid", "sa.Uuid", "UUID"),
        ("character varying(80)", "sa.String(80)", "str"),
        ("numeric(10,2)", "sa.Numeric(10, 2)", "Decimal"),
        ("timestamp(3) with time zone", "pg.TIMESTAMP(timezone=True, precision=3)", "dt.datetime"),
        ("text[]", "pg.ARRAY(sa.Text)", "list[str]"),
        ("shop.status", "enums.status", "enums.Status"),
        ("shop.status[]", "pg.ARRAY(enums.status)", "list[enums.Status]"),
        ("extensions.vector(3)", 'types.SqlType("extensions.vector(3)")', "Any"),
    ],
)
def test_a_type_has_its_expression_and_annotation(text: str, expression: str, annotation: str) -> None:
    found = typed(text, NAMES)
    assert (found.expression, found.annotation) == (expression, annotation)


def test_quoted_names_are_read() -> None:
    assert identity_of('"Odd Names"."a ""b"""') == ("Odd Names", 'a "b"')
    assert identity_of("status") == ("public", "status")
