from __future__ import annotations

import pytest

from supabase_tasks.flow.importing import names


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("scene_versions", "SceneVersion"), ("categories", "Category"), ("boxes", "Box"), ("status", "Status"),
        ("news", "News"), ("Some Table!", "SomeTable"),  ("2fa", "T2fa"), ("addresses", "Address"), ("any", "Any_"),
        ("größen_é", "GrößenÉ"), ("😀", "Table"),
    ],
)  # fmt: skip
def test_a_class_is_the_singular_of_its_table(table: str, expected: str) -> None:
    assert names.class_name(table) == expected


def test_a_taken_class_name_is_avoided() -> None:
    assert names.class_name("items", {"Item"}) == "Items"
    assert names.class_name("items", {"Item", "Items"}) == "Items2"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        ("id", "id"), ("type", "type"), ("metadata", "metadata_"), ("class", "class_"), ("list", "list_"),
        ("model_x", "model_x_"), ("_hidden", "column_hidden"), ("Weird Column", "Weird_Column"), ("2nd", "column_2nd"),
        ("copy", "copy_"), ("sa", "sa_"), ("größe", "größe"), ("ﬁx²", "fix2"), ("a·😀", "a__"), ("名", "名"),
    ],
)  # fmt: skip
def test_a_column_keeps_its_name_unless_python_asks_for_another(column: str, expected: str) -> None:
    assert names.attribute(column) == expected


def test_labels_that_collide_get_numbers() -> None:
    assert names.member("a-b", {"A_B"}) == "A_B_2"
    assert (names.member("", ()), names.member("2nd", ())) == ("EMPTY", "VALUE_2ND")
    assert names.member("à venir", ()) == "À_VENIR"
