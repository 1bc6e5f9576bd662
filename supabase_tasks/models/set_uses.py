"""Where a project's files make a set whose order may reach what they say: read from the source, nothing is imported."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from supabase_tasks.models.declaration import Origin

# What takes a set and gives something that has no order, or always the same.
_ORDERED = frozenset(("sorted", "len", "any", "all", "min", "max", "sum", "bool", "isinstance", "issubclass"))
# The same of a set's own methods, and of arguments (pydantic's) that only say which names are meant.
_METHODS = frozenset(
    ("add", "clear", "discard", "remove", "isdisjoint", "issubset", "issuperset", "update", "__contains__")
)
_ARGUMENTS = frozenset(("exclude", "include"))
# Calls that give a set, or a number that is another with every seed.
_MAKERS = frozenset(("set", "frozenset", "hash"))
# Sets of SQLAlchemy and pydantic, ordered by addresses or by names.
_ATTRIBUTES = frozenset(("constraints", "indexes", "foreign_keys", "foreign_key_constraints", "model_fields_set"))
_KEYS = frozenset(("keys", "items"))
# A brace that begins a dict for sure; in what is left of a text without them, there is a set or the text has to be parsed.
_DICT = re.compile(r"""\{\s*(?:\}|\*\*|(?!lambda\b)(?:"[^"\n\\]*"|'[^'\n\\]*'|[\w.]+)\s*:(?!=))""")
_PERHAPS = re.compile(
    r"\{|\b(?:frozen)?set\b|\bhash\(|(?:keys|items)\(\)\s*[-&|^]|[-&|^]\s*[\w.]+\.(?:keys|items)\(\)"
    rf"|\.(?:{'|'.join(sorted(_ATTRIBUTES))})\b"
)


@dataclass(slots=True)
class _Sets:
    """The sets of the files by the name that they were given, and those without one; every use of a name for its order."""

    unnamed: list[tuple[ast.expr, Path]] = field(default_factory=list)
    named: dict[str, list[tuple[ast.expr, Path]]] = field(default_factory=lambda: defaultdict(list))
    used: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SetPlace:
    """A set in a file: where, and its texts as far as they are written there."""

    origin: Origin
    texts: tuple[str, ...]


def find_sets(files: Iterable[Path]) -> list[SetPlace]:
    """The sets that `files` make, but for those that are only searched, counted or sorted, under their names as well.

    A file that cannot be read or parsed has none.
    """
    texts = {path: text for path in files if (text := _text(path))}
    # Parsing all models took 0.04, 0.5 and 1.5 s at 30, 300 and 1,000 tables, this a fiftieth of it.
    made = {path for path, text in texts.items() if _PERHAPS.search(_DICT.sub("", text))}
    found = _Sets()
    for path in made:
        _read(path, texts[path], found)
    if found.named:
        names = re.compile(rf"\b(?:{'|'.join(map(re.escape, found.named))})\b")
        for path in texts.keys() - made:
            if names.search(texts[path]):
                _read(path, texts[path], found)
    loose = [*found.unnamed, *(place for name in found.named if name in found.used for place in found.named[name])]
    return sorted((SetPlace(Origin(path, node.lineno), _texts_of(node)) for node, path in loose), key=str)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""


def _texts_of(node: ast.expr) -> tuple[str, ...]:
    below = (one for one in ast.walk(node) if isinstance(one, ast.Constant))
    return tuple(one.value for one in below if isinstance(one.value, str))


def _read(path: Path, text: str, found: _Sets) -> None:
    try:
        tree = ast.parse(text)
    except (ValueError, SyntaxError):
        return
    aliases = (alias for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names)
    found.used.update(alias.name for alias in aliases if alias.asname is not None)
    for node in _in_order(tree, found, path):
        if isinstance(node, ast.Name):
            found.used.add(node.id)
        elif isinstance(node, ast.Attribute) and not _is_set(node):
            found.used.add(node.attr)
        else:
            found.unnamed.append((node, path))


def _in_order(node: ast.AST, found: _Sets, path: Path) -> Iterator[ast.expr]:
    """The sets and the names below `node` whose order may matter; a set that only gets a name is noted under it."""
    if isinstance(node, ast.expr) and (_is_set(node) or _is_name(node)):
        yield node
        return
    for child in _children(node):
        name = _name_for(node) if child is getattr(node, "value", None) else ""
        if name and isinstance(child, ast.expr) and _is_set(child):
            found.named[name].append((child, path))
        else:
            yield from _in_order(child, found, path)


def _is_name(node: ast.expr) -> bool:
    return isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load)


def _name_for(node: ast.AST) -> str:
    """The one name that an assignment gives its value."""
    if isinstance(node, ast.AnnAssign):
        targets: Sequence[ast.expr] = [node.target]
    else:
        targets = node.targets if isinstance(node, ast.Assign) else []
    if len(targets) != 1:
        return ""
    target = targets[0]
    return target.id if isinstance(target, ast.Name) else target.attr if isinstance(target, ast.Attribute) else ""


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """What is below `node`, but for a set that is only searched, counted or sorted by it."""
    if isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Compare) or (isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)):
        yield from (child for child in ast.iter_child_nodes(node) if not _is_set_or_name(child))
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield from (
            child for child in ast.iter_child_nodes(node) if child is not node.test or not _is_set_or_name(child)
        )
    elif isinstance(node, ast.AnnAssign):
        yield from () if node.value is None else (node.value,)
    elif isinstance(node, ast.arg) or getattr(node, "name", "") == "__hash__":
        return
    else:
        yield from ast.iter_child_nodes(node)


def _of_call(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name):
        # The first of several that are the largest by a key is any of them.
        if node.func.id in _ORDERED and not node.keywords:
            return
    elif isinstance(node.func, ast.Attribute):
        if node.func.attr in _METHODS:
            yield from (child for child in node.args if not _is_set(child))
            return
        yield node.func.value
    else:
        yield node.func
    yield from node.args
    yield from (word.value for word in node.keywords if word.arg not in _ARGUMENTS)


def _is_set_or_name(node: ast.AST) -> bool:
    return isinstance(node, ast.expr) and (_is_set(node) or _is_name(node))


def _is_set(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id in _MAKERS
    if isinstance(node, ast.BinOp):
        return any(_is_keys(one) or isinstance(one, ast.Set) for one in (node.left, node.right))
    if isinstance(node, ast.Set):
        # One element has no order.
        return len(node.elts) > 1 or isinstance(node.elts[0], ast.Starred)
    return isinstance(node, ast.SetComp) or (isinstance(node, ast.Attribute) and node.attr in _ATTRIBUTES)


def _is_keys(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _KEYS
