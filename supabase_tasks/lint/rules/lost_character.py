"""A character that was lost: the file is not UTF-8, so the CLI runs another text, or the character was lost before."""

from __future__ import annotations

from collections.abc import Iterator

from supabase_tasks.lint.history import History
from supabase_tasks.lint.rule import Hit, Rule

_REPLACEMENT = "\ufffd"


def check(history: History) -> Iterator[Hit]:
    for parsed in history.files:
        source = parsed.source
        at = source.text.find(_REPLACEMENT)
        if at >= 0:
            place = source.place(len(source.text[:at].encode()))
            yield Hit(
                place, "U+FFFD stands here for a character that was lost", "save the file as UTF-8, write it again"
            )


RULE = Rule("lost-character", "warning", "a file is not UTF-8, or a character in it was lost", check)
