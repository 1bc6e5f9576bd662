"""Text made visible: characters that a terminal obeys, or that are invisible, are written as escapes.

What they can do otherwise: ECMA-48 control sequences move the cursor and wipe the screen, bidirectional controls
(Unicode Standard Annex 9) reorder what is read, default ignorable characters (Unicode, DerivedCoreProperties) make two
names look alike, and a line break in a name forges a line of output.
"""

from __future__ import annotations

import re

# Categories Cc, Cf, Cs, Zl and Zp, and the default ignorable code points of other categories; a test holds the list
# against `unicodedata`. Line feed and tab are treated separately.
_HIDDEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_IN_TEXT = re.compile(f"[{_HIDDEN}]")
_IN_LINE = re.compile(f"[\n\t{_HIDDEN}]")
_SHORT = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}


def text(value: str) -> str:
    """`value` with every hidden character as an escape (`\\x1b`, `\\u202e`); line feeds and tabs stay."""
    return value if value.isascii() and value.isprintable() else _IN_TEXT.sub(_escape, value)


def line(value: str) -> str:
    """Like `text`, line feeds and tabs included: what is one line stays one."""
    return value if value.isascii() and value.isprintable() else _IN_LINE.sub(_escape, value)


def document(value: str) -> str:
    """A JSON text with every hidden character as JSON's own escape: the same value, and harmless on a terminal
    and in the log of a CI job."""
    value = value.replace("##[", "#\\u0023[").replace("##vso[", "#\\u0023vso[")
    return value if value.isascii() and "\x7f" not in value else _IN_TEXT.sub(_json, value)


# What a line of a job's log makes GitHub's and Azure's runners do (`::error …`, `##[…]`, `##vso[…]`).
_COMMAND = re.compile(r"(?m)^(\s*):(?=:)|#(?=#\[|#vso\[)")


def disarm(value: str) -> str:
    """`value` without commands to the runner of a CI job: the first `:` or `#` of each as an escape."""
    return _COMMAND.sub(lambda match: r"\x23" if match[0] == "#" else f"{match[1]}\\x3a", value)


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    code = ord(character)
    if (short := _SHORT.get(character)) is not None:
        return short
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _json(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\u{0xD800 + ((code - 0x10000) >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
