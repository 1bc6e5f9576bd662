from __future__ import annotations

from supabase_tasks.draw.sidebyside import table


def test_what_changed_within_a_line_is_marked() -> None:
    shown = table("a varchar(80)", "a varchar(90)")
    assert "varchar(<b>80</b>)" in shown and "varchar(<b>90</b>)" in shown


def test_an_added_line_leaves_the_other_side_void() -> None:
    shown = table("a\nc", "a\nb\nc")
    assert (
        '<tr class="add"><td class="no"></td><td class="void"></td><td class="no">2</td>'
        '<td class="add"><span class="m">+</span><ins>b</ins></td></tr>' in shown
    )


def test_a_new_object_takes_the_whole_width() -> None:
    assert '<pre class="one add"' in table("", "create table a ();")
    assert '<pre class="one del"' in table("create table a ();", "")


def test_a_comma_because_another_line_follows_is_no_change() -> None:
    assert table("  a int\n);", "  a int,\n  b int\n);").count("<ins>") == 1


def test_lines_far_from_a_change_can_be_folded() -> None:
    shown = table("\n".join("abcdefghijklmnop"), "\n".join("abcdefghijklmnop") + "\nq")
    assert "13 unchanged lines" in shown


def test_html_in_the_texts_is_text() -> None:
    assert "<script>" not in table("<script>", "<script> ")
