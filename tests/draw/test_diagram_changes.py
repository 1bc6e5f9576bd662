from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ElementTree

from support.diagrams import changed_shop, shop

from supabase_tasks.draw.diagram import Detail, arrange
from supabase_tasks.draw.diagram_changes import compare
from supabase_tasks.draw.diagram_page import page
from supabase_tasks.draw.mermaid import markdown
from supabase_tasks.draw.svg import document


def test_every_table_column_and_detail_says_what_became_of_it() -> None:
    diagram = changed_shop()
    changes = {one.name: one.change for one in diagram.entities}
    assert changes == {
        "public.settings": "new", "public.notes": "gone", "public.scenes": "changed", "auth.users": "",
    }  # fmt: skip
    scenes = next(one for one in diagram.entities if one.name == "public.scenes")
    assert {(one.name, one.change, one.before) for one in scenes.columns if one.change} == {
        ("title", "changed", "varchar(40)"), ("parent", "new", ""), ("mood", "gone", ""),
    }  # fmt: skip
    assert {(one.kind, one.name): one.change for one in scenes.details} == {
        ("index", "ix_scenes_owner"): "new",
        ("policy", "readers"): "changed",
    }
    assert {(one.name, one.change) for one in diagram.others} == {
        ("public.state", "new"), ("public.open_scenes", "changed"), ("private.is_owner(uuid)", "new"),
    }  # fmt: skip
    assert {(one.source, one.change) for one in diagram.links if one.change} == {
        ("public.settings", "new"), ("public.notes", "gone"), ("public.scenes", "new"),
    }  # fmt: skip


def test_what_is_equal_is_no_change() -> None:
    diagram = compare(shop(), shop(), "local")
    every = [*diagram.entities, *diagram.others, *diagram.links, *(c for one in diagram.entities for c in one.columns)]
    assert {one.change for one in every} == {""}
    assert "compared with local: no difference" in page(diagram, "shop")


def test_the_picture_and_the_page_mark_it_without_colour_too() -> None:
    picture = document(changed_shop(), "shop")
    ElementTree.fromstring(picture)
    texts = re.findall(r"<text[^>]*>([^<]*)", picture)
    assert {"+ settings", "− notes", "~ scenes", "~ title", "+ parent", "− mood"} <= set(texts)
    text = page(changed_shop(), "shop")
    assert "compared with migrations:" in text and "+ 3 new" in text and "~ 2 changed" in text and "− 1 gone" in text
    assert "<del>−   using (owner = auth.uid())" in text
    assert "<ins>+   using (owner = auth.uid() and title &lt;&gt; &#x27;&lt;b&gt;&#x27;)" in text


def test_mermaid_says_it_in_words() -> None:
    text = markdown(changed_shop(), "shop")
    assert "- new: `public.settings`\n- changed: `public.scenes`\n" in text and "- gone: `public.notes`\n" in text
    assert 'bigint parent FK "null, new"' in text and 'text mood "null, gone"' in text


def test_cards_hold_indexes_policies_enums_views_and_functions() -> None:
    text = page(shop(), "shop")
    for part in (
        '<article class="card " id="public.scenes" data-name="public.scenes">',
        "<summary>1 index</summary>", "<summary>1 policy</summary>", "<h2>Enums</h2>", "<h2>Views</h2>",
        "<h2>Functions</h2>", "<li>draft</li><li>it&#x27;s &lt;out&gt;</li>", 'id="function-private.is_owner-uuid"',
    ):  # fmt: skip
        assert part in text
    # The picture leads to the cards.
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(re.findall(r' id="([^"]+)"', text))


def test_what_stands_by_itself_is_called_by_its_noun_and_types_come_first() -> None:
    details = [
        Detail("trigger", "auth.users: made", "create trigger …", "trigger of the platform's tables"),
        Detail("toy_kind", "public.b", "create toy kind b"),
        Detail("composite", "public.pair", "create type …", "composite type", is_type=True),
        Detail("policy", "storage.objects: read", "create policy …", "policy of the platform's tables"),
    ]
    shown = page(arrange([], [], details), "shop")
    titles = re.findall(r'<section class="group"><h2>(.*?)</h2>', shown)
    assert [html.unescape(one) for one in titles] == [
        "Composite types",
        "Toy kinds",
        "Policies of the platform's tables",
        "Triggers of the platform's tables",
    ]
