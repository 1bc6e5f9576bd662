from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from supabase_tasks.draw import review

PLAN = {
    "name": "alter_scenes_and_6_more",
    "summary": "+1 table, -1 table, ~2 columns, +1 policy, ~1 function",
    "changes": [],
    "hazards": [
        {"code": "lock", "message": "ACCESS EXCLUSIVE on shop.scenes briefly", "relation": "shop.scenes"},
        {"code": "data-loss", "message": "drops shop.old_notes with its rows", "relation": "shop.old_notes"},
        {"code": "may-fail", "message": "shop.scenes.title <must> hold no NULL", "relation": "shop.scenes"},
    ],
    "unmodelled": ["text search configuration public.german"],
    "files": [{"name": "alter_scenes", "sql": "-- why\nALTER TABLE shop.scenes ALTER COLUMN title SET NOT NULL;\n"}],
}


class Fake:
    def __init__(self, **changes: Any) -> None:
        self._data = {**PLAN, **changes}

    def as_json(self) -> dict[str, Any]:
        return self._data


class _Balance(HTMLParser):
    """Fails on a tag that is closed and was not open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_well_formed_and_loads_nothing(dumps: tuple[str, str]) -> None:
    page = review.page(Fake(), before=dumps[0], after=dumps[1], project="shop")
    balance = _Balance()
    balance.feed(page)
    assert balance.open == []
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import|<script", page)


def test_it_shows_dangers_first_the_objects_and_the_sql(dumps: tuple[str, str]) -> None:
    page = review.page(Fake(), before=dumps[0], after=dumps[1])
    assert page.index("drops shop.old_notes") < page.index("hold no NULL") < page.index("ACCESS EXCLUSIVE on")
    assert "&lt;must&gt;" in page and "<must>" not in page
    assert page.count('<details class="part"') == 13
    assert 'Before and after <span class="count">13</span>' in page
    assert "text search configuration public.german" in page
    assert '<span class="k">ALTER</span>' in page


def test_a_plan_without_dangers_says_so() -> None:
    assert "None was found." in review.page(Fake(hazards=[], unmodelled=[]))


def test_options_of_foreign_servers_and_users_are_hidden() -> None:
    sides = [
        "--\n-- Name: s; Type: SERVER; Schema: -; Owner: postgres\n--\n\n"
        f"CREATE SERVER s FOREIGN DATA WRAPPER w OPTIONS (\n    api_key 'hush)''{number}'\n);\n\n"
        for number in (1, 2)
    ]
    written = {"name": "more", "sql": "ALTER USER MAPPING FOR anon SERVER s OPTIONS (SET password 'hush-3');\n"}
    page = review.page(Fake(files=[written]), before=sides[0], after=sides[1])
    assert "hush" not in page
    assert "SERVER" in page and "********" in page
