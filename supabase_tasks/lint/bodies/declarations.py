"""DECLARE sections: every variable with its type as written, and the body with types that libpg_query can parse.

libpg_query parses PL/pgSQL without a catalog. It takes every type that it does not know for the same one: fields of a
composite variable, arrays of a user's type and `%ROWTYPE` are then errors. So types are read here, and replaced by
`record` or `text` before it parses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

RECORD = "record"
_ENDS_TYPE = frozenset({";", ":=", "=", "default", "not", "collate"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the body: its text, folded as PostgreSQL folds identifiers, and where it stands (characters)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Variable:
    """A declared variable: its type as written (`cursor` queries and aliases have None) and where that stands."""

    name: str
    type: str | None
    start: int
    end: int


def tokens(body: str) -> list[Token]:
    """The tokens of a PL/pgSQL body. Raises postgast's error when there is none to be had."""
    import postgast

    data = body.encode()
    found = []
    for token in postgast.scan(body).tokens:
        text = data[token.start : token.end].decode()
        if text.startswith(("--", "/*")):
            continue
        start = len(data[: token.start].decode())
        found.append(Token(fold(text), start, start + len(text)))
    return found


def fold(text: str) -> str:
    """An identifier as PostgreSQL stores it: lower case, or what stands between double quotes."""
    if len(text) > 1 and text[0] == '"' == text[-1]:
        return text[1:-1].replace('""', '"')
    return text.lower()


def read(body: str) -> list[Variable]:
    """Every variable of every DECLARE section, in order."""
    found: list[Variable] = []
    stream = tokens(body)
    at = 0
    while at < len(stream):
        if stream[at].text == "declare":
            at = _section(body, stream, at + 1, found)
        else:
            at += 1
    return found


def _section(body: str, stream: Sequence[Token], at: int, found: list[Variable]) -> int:
    while at < len(stream) and stream[at].text != "begin":
        if stream[at].text == "declare":
            at += 1
            continue
        end = _statement_end(stream, at)
        if (variable := _variable(body, stream[at:end])) is not None:
            found.append(variable)
        at = end + 1
    return at


def _statement_end(stream: Sequence[Token], at: int) -> int:
    depth = 0
    while at < len(stream) and not (stream[at].text == ";" and depth == 0):
        depth += {"(": 1, ")": -1}.get(stream[at].text, 0)
        at += 1
    return at


def _variable(body: str, words: Sequence[Token]) -> Variable | None:
    if len(words) < 2 or words[0].text.startswith("<<"):
        return None
    rest = words[2:] if words[1].text == "constant" else words[1:]
    second = [word.text for word in words[1:4]]
    if "cursor" in second[:3] and second[0] in ("cursor", "no", "scroll"):
        return Variable(words[0].text, "refcursor", -1, -1)
    if not rest or rest[0].text == "alias":
        return Variable(words[0].text, None, -1, -1)
    length = next((i for i, word in enumerate(rest) if word.text in _ENDS_TYPE), len(rest))
    if length == 0:
        return None
    start, end = rest[0].start, rest[length - 1].end
    return Variable(words[0].text, body[start:end], start, end)


def simplify(body: str, variables: Sequence[Variable], is_composite: Callable[[str], bool]) -> str:
    """The body with each declared type replaced by `record` or `text`; line numbers stay as they are."""
    for variable in sorted(variables, key=lambda one: one.start, reverse=True):
        if variable.type is None or variable.start < 0:
            continue
        plain = RECORD if is_composite(variable.type) else "text"
        lines = "\n" * variable.type.count("\n")
        body = f"{body[: variable.start]}{plain}{lines}{body[variable.end :]}"
    return body
