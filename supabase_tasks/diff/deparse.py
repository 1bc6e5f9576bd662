"""Deparsed SQL as a fixed point.

PostgreSQL's deparser is not idempotent: `status IN ('a', 'b')` on a varchar column is stored with a cast of the whole
array, printed as such, and read back as casts of the elements. Measured on 17.10. All three spellings mean
`ARRAY['a'::text, …]`, which is a fixed point, so that is what both sides are compared as and what is emitted.
"""

from __future__ import annotations

import re

_STRING = r"'(?:[^']|'')*'"
_PLAIN = rf"{_STRING}::character varying"
_CAST = rf"(?:\({_PLAIN}\)::text|{_PLAIN}::text)"
_WHOLE = re.compile(rf"(?:\(ARRAY\[(?P<a>{_PLAIN}(?:, {_PLAIN})*)\]\)|ARRAY\[(?P<b>{_PLAIN}(?:, {_PLAIN})*)\])::text\[\]")
_EACH = re.compile(rf"ARRAY\[(?P<a>{_CAST}(?:, {_CAST})*)\](?P<b>)")


def canonical(text: str) -> str:
    """`text` with arrays of varchar constants that are cast to text written as arrays of text constants."""
    if "::character varying" not in text:
        return text
    return _EACH.sub(_as_text, _WHOLE.sub(_as_text, text))


def _as_text(match: re.Match[str]) -> str:
    return f"ARRAY[{', '.join(f'{item}::text' for item in re.findall(_STRING, match['a'] or match['b']))}]"
