"""Names in Python for names in PostgreSQL."""

from __future__ import annotations

import builtins
import keyword
import re
import unicodedata
from collections.abc import Iterable
from functools import cache

# What the written modules use themselves: a column of that name would hide it from the lines below.
_USED = frozenset(
    {"sa", "pg", "dt", "Field", "Relationship", "SQLModel", "UUID", "Decimal", "Any", "Optional", "TYPE_CHECKING"}
    | {"str", "int", "bool", "float", "bytes", "list", "dict"}
)
_IRREGULAR = {
    "addresses": "address", "aliases": "alias", "analyses": "analysis", "biases": "bias", "caches": "cache",
    "canvases": "canvas", "children": "child", "cookies": "cookie", "criteria": "criterion", "houses": "house",
    "indices": "index", "leaves": "leaf", "matrices": "matrix", "movies": "movie", "people": "person",
    "shelves": "shelf", "vertices": "vertex",
}  # fmt: skip
_UNCOUNTED = frozenset(("data", "media", "metadata", "news", "series", "species", "staff"))
_UNCHANGED_PLURALS = ("ss", "us", "is", "ews", "ies", "series", "species")


@cache
def reserved_names() -> frozenset[str]:
    """Names that a SQLModel class cannot give to a column."""
    from sqlmodel import SQLModel

    return frozenset({*dir(SQLModel), *keyword.kwlist, *_USED, "metadata", "registry"})


def attribute(column: str) -> str:
    """The attribute for a column; it differs from the column's name only where Python asks for it."""
    name = _letters(r"\W", "_", column) or "column"
    if not name[0].isalpha():
        name = f"column_{name.lstrip('_')}"
    return f"{name}_" if name in reserved_names() or name.startswith("model_") else name


def _letters(pattern: str, other: str, text: str) -> str:
    """The text in the form that Python gives to names; what cannot be in one, `pattern` and letters that are none there, is
    `other`."""
    found = re.sub(pattern, other, unicodedata.normalize("NFKC", text))
    return "".join(letter if letter == " " or f"a{letter}".isidentifier() else "_" for letter in found)


def class_name(table: str, taken: Iterable[str] = ()) -> str:
    """The class for a table: `scene_versions` is `SceneVersion`; the plural or a number where that is taken."""
    words = _letters(r"[\W_]+", " ", table).split() or ["table"]
    plural = _camel(words)
    known = set(taken)
    for name in (_camel([*words[:-1], singular(words[-1])]), plural, *(f"{plural}{n}" for n in range(2, 1000))):
        if name not in known:
            return name
    raise AssertionError("a thousand tables of one name")


def singular(word: str) -> str:
    """The singular of a regular English plural, and of those irregular ones that tables are called by; other words stay."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if re.search(r"(?<![ao])(?<!^)uses$", word):
        return word[:-2]
    if word.endswith(("series", "species")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(_UNCHANGED_PLURALS) else word


def plural(word: str) -> str:
    """The plural of a singular noun."""
    irregular = {one: many for many, one in _IRREGULAR.items()}
    if word in irregular or word in _UNCOUNTED:
        return irregular.get(word, word)
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def member(label: str, taken: Iterable[str]) -> str:
    """The member of a Python enum for a label of a PostgreSQL enum."""
    name = _letters(r"\W+", "_", label).strip("_").upper() or "EMPTY"
    name = f"VALUE_{name}" if name[0].isdigit() else name
    known = set(taken)
    return next(one for one in (name, *(f"{name}_{n}" for n in range(2, 1000))) if one not in known)


def variable(name: str) -> str:
    """A module-level name in snake case."""
    found = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_").lower() or "name"
    found = f"_{found}" if found[0].isdigit() else found
    return f"{found}_" if keyword.iskeyword(found) or found in dir(builtins) else found


def _camel(words: Iterable[str]) -> str:
    name = "".join(word[:1].upper() + word[1:] for word in words)
    name = f"T{name}" if name[:1].isdigit() else name
    return f"{name}_" if keyword.iskeyword(name) or name in _USED or name in dir(builtins) else name
