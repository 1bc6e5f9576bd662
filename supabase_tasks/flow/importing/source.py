"""Python source, laid out as `ruff format` lays it out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from supabase_tasks.flow.importing import sql_lines

# The line length of ruff and black where a project sets none.
LIMIT = 88
_CLOSING = {"(": ")", "{": "}", "[": "]"}


@dataclass(frozen=True, slots=True)
class Call:
    """`prefix` `name(…)`: `prefix` is a keyword with its equals sign; without `name` a tuple, list or dict."""

    name: str
    arguments: tuple[Source, ...] = ()
    prefix: str = ""
    opening: str = "("


@dataclass(frozen=True, slots=True)
class Sql:
    """SQL as a string literal; over several lines where it is long. `clause`: SQLAlchemy's text() reads it."""

    text: str
    prefix: str = ""
    clause: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A text for people as a string literal; over several lines where it is long."""

    text: str
    prefix: str = ""


Source = str | Call | Sql | Prose


def call(name: str, /, *arguments: Source, **keywords: str) -> Call:
    """A call; keywords whose value is an empty text are left out."""
    named = tuple(f"{key}={value}" for key, value in keywords.items() if value)
    return Call(name, (*arguments, *named))


def keyword(name: str, value: Source) -> Source:
    """`name=value`."""
    return _with_prefix(f"{name}=", value)


def entry(name: str, value: Source) -> Source:
    """`"name": value`, of a dict."""
    return _with_prefix(f"{string(name)}: ", value)


def mapping(*entries: Source) -> Call:
    """A dict of such entries."""
    return Call("", entries, opening="{")


def _with_prefix(prefix: str, value: Source) -> Source:
    return f"{prefix}{value}" if isinstance(value, str) else replace(value, prefix=prefix)


def render(source: Source, indent: int = 0, *, before: int = 0, after: int = 0, limit: int = LIMIT) -> str:
    """The text, its first line without indentation. `before` and `after` are the lengths of what shares its line."""
    flat = _flat(source)
    if isinstance(source, str) or (indent + before + len(flat) + after <= limit and "\n" not in flat):
        return flat
    if isinstance(source, Sql):
        return flat if "\n" in flat else _block(source, indent, limit)
    if isinstance(source, Prose):
        return flat if "\n" in flat else _concatenate(source, indent, limit)
    inner = " " * (indent + 4)
    closing = f"\n{' ' * indent}{_CLOSING[source.opening]}"
    head = f"{source.prefix}{source.name}{source.opening}\n"
    together = ", ".join(map(_flat, source.arguments))
    # Arguments of a call share a line of their own where they fit; those of a display never do.
    if source.name and "\n" not in together and indent + 4 + len(together) <= limit:
        return f"{head}{inner}{together}{closing}"
    lines = (f"{inner}{render(argument, indent + 4, after=1, limit=limit)}," for argument in source.arguments)
    return f"{head}{chr(10).join(lines)}{closing}"


def _flat(source: Source) -> str:
    if isinstance(source, str):
        return source
    if isinstance(source, Sql):
        return f"{source.prefix}{clause(source.text) if source.clause else string(source.text)}"
    if isinstance(source, Prose):
        return f"{source.prefix}{string(source.text)}"
    inner = ", ".join(_flat(argument) for argument in source.arguments)
    comma = "," if not source.name and source.opening == "(" and len(source.arguments) == 1 else ""
    return f"{source.prefix}{source.name}{source.opening}{inner}{comma}{_CLOSING[source.opening]}"


def _block(source: Sql, indent: int, limit: int) -> str:
    lines = sql_lines.broken(source.text, limit - indent - 4)
    if any(len(line) > limit - indent - 4 for line in lines):
        # A literal that is long by itself.
        text = _escape_colons(source.text) if source.clause else source.text
        return _concatenate(Prose(text, source.prefix), indent, limit)
    text = "\n".join(f"{' ' * (indent + 4)}{line}" for line in lines)
    escaped = (_escape_colons(text) if source.clause else text).replace("\\", "\\\\").replace("\r", "\\r")
    escaped = escaped.replace('"""', '\\"\\"\\"')
    return f'{source.prefix}"""\n{escaped}\n{" " * indent}"""'


def _concatenate(source: Prose, indent: int, limit: int) -> str:
    """Pieces that Python joins: white space stays with the word before it."""
    pieces = [""]
    for word in re.findall(r"\S*\s*", source.text):
        if pieces[-1] and indent + 6 + len(string(pieces[-1] + word)) - 2 > limit:
            pieces.append("")
        pieces[-1] += word
    lines = "".join(f"{' ' * (indent + 4)}{string(piece)}\n" for piece in pieces)
    return f"{source.prefix}(\n{lines}{' ' * indent})"


def string(text: str) -> str:
    """A string literal; over several lines when the text has them."""
    # Python reads a line that ends with a carriage return as if it had none.
    escaped = text.replace("\\", "\\\\").replace("\r", "\\r")
    if "\n" in text:
        body = escaped.replace('"""', '\\"\\"\\"')
        return f'"""{body}\\\n"""' if body.endswith('"') else f'"""{body}"""'
    escaped = escaped.replace("\t", "\\t")
    # The quotes of which fewer have to be escaped.
    quote = "'" if text.count('"') > text.count("'") else '"'
    return quote + escaped.replace(quote, f"\\{quote}") + quote


def strings(values: Sequence[str]) -> Call:
    """A list of string literals."""
    return Call("", tuple(string(value) for value in values), opening="[")


def clause(text: str) -> str:
    """A literal for SQLAlchemy's text(): a colon before a word would be a parameter there."""
    return string(_escape_colons(text))


# What text() takes for a parameter, and the backslash that it takes for the sign of none.
_READ_BY_TEXT = re.compile(r"(?<![:\w\\])(?=:\w+(?![:\w]))|(?=\\:\w*(?![:\w]))")


def _escape_colons(text: str) -> str:
    return _READ_BY_TEXT.sub(r"\\", text)
