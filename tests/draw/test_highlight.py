from __future__ import annotations

from supabase_tasks.draw.highlight import sql


def test_tokens_get_their_colour_and_html_is_escaped() -> None:
    assert sql("select 'a<b' -- x & y") == (
        '<span class="k">select</span> <span class="s">&#x27;a&lt;b&#x27;</span> <span class="c">-- x &amp; y</span>'
    )


def test_a_quoted_name_is_no_keyword() -> None:
    assert sql('"select"') == "&quot;select&quot;"


def test_a_quote_inside_a_comment_opens_no_string() -> None:
    assert sql("-- it's\nselect 1").endswith('<span class="k">select</span> <span class="n">1</span>')
