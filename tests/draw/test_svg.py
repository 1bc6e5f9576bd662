from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from support.diagrams import random_schema, shop

from supabase_tasks.draw.diagram import Diagram
from supabase_tasks.draw.diagram_page import page
from supabase_tasks.draw.svg import document

NAMESPACE = {"s": "http://www.w3.org/2000/svg"}


def test_it_is_xml_and_shows_every_table_and_reference() -> None:
    root = ElementTree.fromstring(document(shop(), "shop & <co>"))
    names = [group.get("data-name") for group in root.findall(".//s:g[@data-name]", NAMESPACE)]
    assert sorted(str(name) for name in names) == ["auth.users", "public.scenes", "public.settings"]
    assert len(root.findall(".//s:g[@data-from]", NAMESPACE)) == 4
    assert "RLS 2" in [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]


def test_a_schema_without_tables_is_an_empty_picture() -> None:
    ElementTree.fromstring(document(Diagram((), ()), "nothing"))


def test_a_page_loads_nothing_and_lists_every_table() -> None:
    text = page(random_schema(36, 3), "big")
    assert "36 tables in" in text
    assert text.count('<article class="card ') == 36
    assert "src=" not in text and "@import" not in text and "url(" not in text


def test_text_from_the_schema_is_escaped_on_the_page() -> None:
    assert "A &lt;scene&gt; &amp; its rows" in page(shop(), "shop")
    assert "<scene>" not in page(shop(), "shop")


def test_on_paper_the_columns_of_a_large_schema_are_left_to_the_cards() -> None:
    assert 'class="d"' in document(random_schema(80, 1), "some")
    assert 'class="d large"' in document(random_schema(81, 1), "many")
