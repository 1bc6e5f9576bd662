"""SQL text as a tree: tokens, and what parentheses and brackets hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<gap>\s*)(?P<text>[Ee]'(?:[^'\\]|''|\\.)*'|[BbXxNn]?'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$(\w*)\$.*?\$\3\$"
    r"|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|[^\W\d][\w$]*|::|[-+*/<>=~!@#%^&|`?]+|.)",
    re.S,
)
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Token:
    """One token; `gap` says whether a blank stood before it."""

    text: str
    gap: bool = False

    @property
    def literal(self) -> bool:
        """Whether it is a string in single quotes."""
        return self.text.endswith("'")

    @property
    def word(self) -> bool:
        """Whether it is an unquoted name or keyword."""
        return self.text[0].isalpha() or self.text[0] == "_"


@dataclass(frozen=True, slots=True)
class Group:
    """What stands between a parenthesis or bracket and its closing one."""

    opening: str
    children: tuple[Node, ...]
    gap: bool = False

    @property
    def closing(self) -> str:
        return _CLOSING[self.opening]


Node = Token | Group


def parse(text: str) -> tuple[Node, ...]:
    """The tree of `text`. Raises `ValueError` for parentheses that do not match."""
    tokens = [Token(match["text"], bool(match["gap"])) for match in _TOKEN.finditer(text.strip())]
    nodes, rest = _group(tokens, 0, "")
    if rest != len(tokens):
        raise ValueError("more is closed than was opened")
    return nodes


def _group(tokens: Sequence[Token], start: int, closing: str) -> tuple[tuple[Node, ...], int]:
    found: list[Node] = []
    position = start
    while position < len(tokens):
        token = tokens[position]
        if token.text in (")", "]"):
            if token.text != closing:
                break
            return tuple(found), position + 1
        position += 1
        if token.text in _CLOSING:
            inner, position = _group(tokens, position, _CLOSING[token.text])
            found.append(Group(token.text, inner, token.gap))
        else:
            found.append(token)
    if closing:
        raise ValueError("a parenthesis is not closed")
    return tuple(found), position


def flat(nodes: Sequence[Node]) -> str:
    """The text on one line."""
    return "".join(_flat(nodes)).strip()


def _flat(nodes: Sequence[Node]) -> Iterator[str]:
    for number, node in enumerate(nodes):
        if node.gap and number:
            yield " "
        if isinstance(node, Group):
            yield f"{node.opening}{flat(node.children)}{node.closing}"
        else:
            yield node.text


def is_word(node: Node | None, *words: str) -> bool:
    """Whether the node is one of these words, in any case."""
    return isinstance(node, Token) and node.text.lower() in words


def with_blanks(node: Node, gap: bool = True) -> Node:
    """The node with or without a blank before it."""
    return Token(node.text, gap) if isinstance(node, Token) else Group(node.opening, node.children, gap)
