"""Names and texts inside SQL."""

from __future__ import annotations


def quoted_identifier(name: str) -> str:
    """`name` as an SQL identifier in double quotes, which always mean the same."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """`text` as an SQL string constant that means the same under either setting of standard_conforming_strings."""
    quoted = text.replace("'", "''")
    return f"E'{quoted.replace(chr(92), chr(92) * 2)}'" if "\\" in text else f"'{quoted}'"
