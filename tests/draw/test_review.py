from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from supabase_tasks.draw import changed, review_markdown, review_page
from supabase_tasks.draw.review import Origin, Review, ReviewedFile, ReviewedHazard
from supabase_tasks.sql_secrets import mask_secrets


@pytest.fixture(scope="session")
def shown(dumps: tuple[str, str]) -> Review:
    return Review(
        title="alter_scenes_and_6_more",
        summary="+1 table, -1 table, ~2 columns",
        origin=Origin("shop", "feature/scenes", "ab12cd3", "A Person", "2026-11-27", "main"),
        hazards=(
            ReviewedHazard(4, "information", "·", "lock", "ACCESS EXCLUSIVE on shop.scenes briefly"),
            ReviewedHazard(0, "loses data", "✗", "data-loss", "drops shop.old_notes with its rows", 1204),
            ReviewedHazard(3, "breaks code", "~", "may-fail", "shop.scenes.title <must> hold no NULL"),
        ),
        unmodelled=("text search configuration public.german",),
        cards=tuple(changed.cards(changed.compare(*dumps))),
        files=(
            ReviewedFile("0002_alter_scenes.sql", "-- why\nALTER TABLE a\n  ADD b int;\n", "../0002_alter_scenes.sql"),
        ),
        rows={"shop.scenes": 12},
    )


class _Balance(HTMLParser):
    """Fails on a tag that is closed and was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.ids += [found["id"] or ""] if "id" in found else []
        self.targets += [(found["href"] or "")[1:]] if (found.get("href") or "").startswith("#") else []
        if tag not in ("meta", "col", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_loads_nothing_and_its_links_lead_somewhere(shown: Review) -> None:
    page = review_page.page(shown)
    balance = _Balance()
    balance.feed(page)
    assert balance.open == []
    assert len(set(balance.ids)) == len(balance.ids)
    assert set(balance.targets) <= set(balance.ids)
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', page) == ["../0002_alter_scenes.sql"]
    assert not re.search(r"url\(|@import|unsafe-inline", page)


def test_hazards_come_in_order_of_harm_with_rows_where_known(shown: Review) -> None:
    page = review_page.page(shown)
    assert page.index("drops shop.old_notes") < page.index("hold no NULL") < page.index("ACCESS EXCLUSIVE on")
    assert "1,204 rows in the local database" in page
    assert "&lt;must&gt;" in page and "<must>" not in page
    assert "None were found." in review_page.page(replace(shown, hazards=()))


def test_there_is_one_card_for_each_object_with_all_that_belongs_to_it(shown: Review) -> None:
    page = review_page.page(shown)
    assert page.count('<article class="card object"') == len(shown.cards) == 5
    assert [(card.owner, card.action) for card in shown.cards] == [
        ("shop.old_notes", "gone"), ("shop.order & <items>", "new"), ("shop.scenes", "changed"),
        ("shop.status", "changed"), ("shop.touch()", "changed"),
    ]  # fmt: skip


def test_it_says_where_the_change_comes_from(shown: Review) -> None:
    page = review_page.page(shown)
    for word in ("feature/scenes", "ab12cd3", "2026-11-27 A Person", "<code>main</code>"):
        assert word in page


def test_markdown_says_the_same_and_fits_a_comment(shown: Review) -> None:
    text = review_markdown.markdown(shown)
    assert (
        "| ✗ loses data | `data-loss` | `drops shop.old_notes with its rows` (1,204 rows in the local database) |"
        in text
    )
    assert "~ <code>shop.scenes</code>" in text and "-     title character varying(80)," in text
    short = review_markdown.markdown(shown, limit=2600)
    assert len(short) <= 2600 and "more objects and files do not fit here" in short


def test_what_a_fence_holds_cannot_end_it(shown: Review) -> None:
    text = review_markdown.markdown(replace(shown, cards=(), files=(ReviewedFile("a.sql", "-- ```\n-- # forged"),)))
    assert "````sql\n-- ```\n-- # forged\n````" in text


def test_options_of_foreign_servers_and_users_are_hidden() -> None:
    written = (
        "ALTER USER MAPPING FOR anon SERVER s OPTIONS (SET password 'hush-3');\nCREATE ROLE r PASSWORD 'hush-4';\n"
    )
    written += "CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (\n    api_key 'hush)''1'\n);\n"
    assert "hush" not in mask_secrets(written) and mask_secrets(written).count("********") == 3
