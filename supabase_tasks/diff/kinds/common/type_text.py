"""A column's type as format_type() writes it, taken apart: base, modifiers, array."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

_SHAPE = re.compile(
    r"(?P<word>[a-z\"][a-z0-9_ .\"]*?)(?:\((?P<modifiers>-?\d+(?:,-?\d+)?)\))?"
    r"(?P<zone> with(?:out)? time zone)?(?P<array>\[\])?\Z"
)
# What these words mean without a modifier is a length of one; the bare type has another spelling.
_BARE = {"character": "bpchar", "bit": '"bit"'}
_FIELDS = ("year", "month", "day", "hour", "minute", "second")
_TEXTS = ("text", "character varying", "character", "name")


@dataclass(frozen=True, slots=True)
class TypeText:
    """`base` is the type without modifiers (`timestamp with time zone`, `interval`), `modifiers` are its numbers, `fields`
    those of an interval (`day to second`; empty: all)."""

    base: str
    modifiers: tuple[int, ...] = ()
    fields: str = ""
    array: bool = False

    @property
    def element(self) -> TypeText:
        return replace(self, array=False)

    @property
    def bare(self) -> str:
        """How a cast names the type without its modifiers."""
        return _BARE.get(self.base, self.base)

    @property
    def least(self) -> str:
        """The finest field of an interval; empty when it has all."""
        return self.fields.rpartition(" ")[2]

    @property
    def sql(self) -> str:
        """The type as a cast names it, with its modifiers."""
        word, zone, rest = self.base.partition(" with")
        numbers = f"({','.join(map(str, self.modifiers))})" if self.modifiers else ""
        fields = f" {self.fields}" if self.fields else ""
        array = "[]" if self.array else ""
        return (f"{word}{fields}{numbers}{zone}{rest}" if numbers or fields else self.bare) + array

    @property
    def is_text(self) -> bool:
        return self.base in _TEXTS or self.base.split(".")[-1] == "citext"


@lru_cache(maxsize=4096)
def parse(text: str) -> TypeText:
    """The parts of format_type()'s text; a name that has none of its shapes is all base."""
    match = _SHAPE.match(text)
    if match is None:
        return TypeText(text.removesuffix("[]"), array=text.endswith("[]"))
    word, array = match["word"], match["array"] is not None
    numbers = tuple(int(number) for number in (match["modifiers"] or "").split(",") if number)
    if word.startswith("interval "):
        return TypeText("interval", numbers, word.removeprefix("interval "), array)
    word = {"bpchar": "character", '"bit"': "bit"}.get(word, word)
    return TypeText(word + (match["zone"] or ""), numbers, "", array)


def finer(one: str, other: str) -> bool:
    """Whether the interval field `one` holds all that `other` does (empty: all fields)."""
    return _place(one) >= _place(other)


def _place(field: str) -> int:
    return _FIELDS.index(field) if field else len(_FIELDS) - 1
