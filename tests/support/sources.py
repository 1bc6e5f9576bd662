"""What tests ask of the repository's own Python files: each is parsed and tokenised once, and small answers are kept.

A syntax tree is not kept: those of the whole package are a million objects.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_TEXTS = ("STRING", "COMMENT", "FSTRING_MIDDLE")
_PROPERTIES = {"property", "cached_property"}


@dataclass(frozen=True)
class Outline:
    """The names of a module: what it defines at its top, its classes, the functions and methods that are no properties, and
    what it imports, as `(module, name)`."""

    defined: tuple[str, ...]
    classes: tuple[str, ...]
    functions: tuple[str, ...]
    imports: tuple[tuple[str, str], ...]


@cache
def outline(path: Path) -> Outline:
    """The names of the module in that file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    return Outline(
        tuple(_defined(tree)),
        tuple(node.name for node in classes),
        tuple(name for holder in (tree, *classes) for name in _functions(holder)),
        tuple(
            (node.module, alias.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        ),
    )


def _defined(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _functions(holder: ast.Module | ast.ClassDef) -> Iterator[str]:
    for node in holder.body:
        if isinstance(node, ast.FunctionDef) and not _PROPERTIES & {ast.unparse(one) for one in node.decorator_list}:
            yield node.name


@cache
def texts(path: Path) -> tuple[str, ...]:
    """The strings and comments of a Python file."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return tuple(token.string for token in tokens if tokenize.tok_name[token.type] in _TEXTS)
