"""Python source, laid out as `ruff format` lays it out: on one line if it fits, else one argument per line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LIMIT = 88


@dataclass(frozen=True, slots=True)
class Call:
    """`prefix` `name(…)`: `prefix` is a keyword with its equals sign, `name` may be empty for a tuple."""

    name: str
    arguments: tuple[Source, ...] = ()
    prefix: str = ""


Source = str | Call


def call(name: str, /, *arguments: Source, **keywords: str) -> Call:
    """A call; keywords whose value is an empty text are left out."""
    named = tuple(f"{key}={value}" for key, value in keywords.items() if value)
    return Call(name, (*arguments, *named))


def keyword(name: str, value: Source) -> Source:
    """`name=value`."""
    return f"{name}={value}" if isinstance(value, str) else Call(value.name, value.arguments, f"{name}=")


def render(source: Source, indent: int = 0, *, before: int = 0, after: int = 0) -> str:
    """The text, its first line without indentation. `before` and `after` are the lengths of what shares its line."""
    flat = _flat(source)
    if isinstance(source, str) or (indent + before + len(flat) + after <= LIMIT and "\n" not in flat):
        return flat
    inner = " " * (indent + 4)
    lines = [f"{inner}{render(argument, indent + 4, after=1)},\n" for argument in source.arguments]
    return f"{source.prefix}{source.name}(\n{''.join(lines)}{' ' * indent})"


def _flat(source: Source) -> str:
    if isinstance(source, str):
        return source
    inner = ", ".join(_flat(argument) for argument in source.arguments)
    comma = "," if not source.name and len(source.arguments) == 1 else ""
    return f"{source.prefix}{source.name}({inner}{comma})"


def string(text: str) -> str:
    """A string literal in double quotes unless the text holds some; over several lines when the text has them."""
    escaped = text.replace("\\", "\\\\")
    if "\n" in text:
        body = escaped.replace('"""', '\\"\\"\\"')
        return f'"""{body}\\\n"""' if body.endswith('"') else f'"""{body}"""'
    escaped = escaped.replace("\t", "\\t").replace("\r", "\\r")
    if '"' in text and "'" not in text:
        return f"'{escaped}'"
    return '"' + escaped.replace('"', '\\"') + '"'


def strings(values: Sequence[str]) -> str:
    """A list of string literals."""
    return f"[{', '.join(string(value) for value in values)}]"


def clause(text: str) -> str:
    """A literal for SQLAlchemy's text(): a colon before a word would be a parameter there."""
    return string(re.sub(r"(?<![:\w\\]):(?=\w)", r"\\:", text))
