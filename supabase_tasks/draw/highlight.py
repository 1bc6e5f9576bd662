"""SQL as HTML: words, strings, numbers and comments in their own colours."""

from __future__ import annotations

import re

from supabase_tasks.draw.markup import text as escaped

_TOKEN = re.compile(
    r"(?P<comment>--[^\n]*|/\*.*?\*/)"
    r"|(?P<string>'(?:[^']|'')*')"
    r"|(?P<name>\"(?:[^\"]|\"\")*\")"
    r"|(?P<dollar>\$\w*\$)"
    r"|(?P<number>\b\d+(?:\.\d+)?\b)"
    r"|(?P<word>\b[A-Za-z_]\w*\b)",
    re.S,
)
# What the migrations of this tool and pg_dump write; a word more or less only changes a colour.
_KEYWORDS = frozenset(
    re.findall(
        r"\w+",
        """add after all alter always and any as asc authenticated before begin by cascade case check collate column
    comment concurrently constraint
    create cross current_user database declare default deferrable delete desc distinct do domain
    drop each else enable end enum exclude execute exists extension for force foreign from full function generated grant
    group having identity if immutable in include index inherits initially inner insert instead into invoker is join key
    language left level like limit local lock materialized no not null on only option or order outer owned owner
    partition policy primary procedure publication references rename replica replace reset restrict return returning
    returns revoke role row rows rule schema security select sequence set setof stable statement statistics stored table
    temporary then to trigger true truncate type union unique update using valid validate values view volatile when
    where with without false definer row_security usage over""",
    )
)


def sql(text: str) -> str:
    """The text escaped for HTML, its tokens in `<span class="k|s|c|n">`."""
    parts: list[str] = []
    last = 0
    for match in _TOKEN.finditer(text):
        parts.append(escaped(text[last : match.start()]))
        parts.append(_span(match))
        last = match.end()
    return "".join([*parts, escaped(text[last:])])


def lines(shown: str) -> str:
    """`shown`, the HTML of a text, with each line in a `<span class="l">`: a browser lays out and prints thousands of short
    lines, but hardly one text of as many tokens."""
    return "".join(f'<span class="l">{line}\n</span>' for line in shown.split("\n"))


def _span(match: re.Match[str]) -> str:
    shown = escaped(match[0])
    style = {"comment": "c", "string": "s", "dollar": "s", "number": "n"}.get(match.lastgroup or "")
    if match.lastgroup == "word" and match[0].lower() in _KEYWORDS:
        style = "k"
    # A token of several lines is closed at each end.
    return "\n".join(f'<span class="{style}">{line}</span>' for line in shown.split("\n")) if style else shown
