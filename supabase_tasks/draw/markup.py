"""Text as it may stand in HTML and SVG: markup escaped, hidden characters visible (XML 1.0 forbids most of them)."""

from __future__ import annotations

from html import escape

from supabase_tasks import visible


def text(value: str) -> str:
    """Several lines, such as SQL or a comment."""
    return escape(visible.text(value))


def line(value: str) -> str:
    """What is one line, such as a name; fit for an attribute, too."""
    return escape(visible.line(value))
