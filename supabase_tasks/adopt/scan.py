"""Where a repository keeps its models, by reading its source: nothing is imported, so nothing can go wrong by it."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from supabase_tasks.alembic_folder import holds_alembic

_SKIPPED = frozenset(
    {"node_modules", "venv", "env", "build", "dist", "site-packages", "__pycache__", "versions", "tests"}
)
# A module may take its base from the project's own module and never name the library.
_HINT = re.compile(r"table\s*=\s*True|__table(name)?__|\bTable\(|primary_key")
_TABLE_NAMES = frozenset({"__tablename__", "__table__"})
_COLUMN_CALLS = frozenset({"mapped_column", "Column"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A module or package that declares tables: its dotted name, the files below it, how many tables they declare."""

    module: str
    files: tuple[Path, ...]
    tables: tuple[str, ...]


def candidates(root: Path) -> tuple[Candidate, ...]:
    """Every place under `root` that declares tables, the one with most tables first.

    Sibling modules of one package count as that package, and a package takes in what lies below it. Test folders,
    virtual environments and Alembic's `versions` are not looked at.
    """
    found = [Candidate(_module(path, root), (path,), tables) for path in _sources(root) if (tables := tables_in(path))]
    merged = _merge(_by_package(found))
    return tuple(sorted(merged, key=lambda one: (-len(one.tables), one.module)))


def tables_in(path: Path) -> tuple[str, ...]:
    """The names of the tables (or table classes) one Python file declares; empty for one that does not parse."""
    try:
        source = path.read_text(encoding="utf-8-sig")
        if not _HINT.search(source):
            return ()
        tree = ast.parse(source)
    except (OSError, UnicodeDecodeError, SyntaxError, ValueError):
        return ()
    classes = (node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and _is_table(node))
    calls = (name for node in tree.body if (name := _table_call(node)))
    return (*classes, *calls)


def _is_table(node: ast.ClassDef) -> bool:
    for keyword in node.keywords:
        if keyword.arg == "table" and isinstance(keyword.value, ast.Constant) and keyword.value.value is True:
            return True
    assigned = {name for statement in node.body for name in _assigned_names(statement)}
    if "__abstract__" in assigned or not node.bases:
        return False
    return bool(assigned & _TABLE_NAMES) or _has_primary_key(node)


def _assigned_names(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.Assign):
        yield from (target.id for target in statement.targets if isinstance(target, ast.Name))
    elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        yield statement.target.id


def _has_primary_key(node: ast.ClassDef) -> bool:
    # Flask-SQLAlchemy and bases with a declared __tablename__ leave the name out; the key is always there. SQLModel's
    # Field says nothing here: without table=True it makes no table.
    calls = (item for statement in node.body for item in _outside_functions(statement) if isinstance(item, ast.Call))
    return any(
        _name(call) in _COLUMN_CALLS and any(keyword.arg == "primary_key" for keyword in call.keywords)
        for call in calls
    )


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    # A column that a method makes belongs to a table of its own.
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
        return
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _outside_functions(child)


def _name(call: ast.Call) -> str | None:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", None)


def _table_call(node: ast.stmt) -> str | None:
    call = node.value if isinstance(node, ast.Assign | ast.AnnAssign | ast.Expr) else None
    if not isinstance(call, ast.Call) or len(call.args) < 2:
        return None
    first = call.args[0]
    return (
        first.value
        if _name(call) == "Table" and isinstance(first, ast.Constant) and isinstance(first.value, str)
        else None
    )


def _sources(root: Path) -> Iterator[Path]:
    alembic: set[Path] = set()
    for folder, names in folders(root):
        if holds_alembic(folder):
            alembic.add(folder)
        if alembic.isdisjoint((folder, *folder.parents)):
            yield from (folder / name for name in sorted(names) if _may_declare(name))


def _may_declare(name: str) -> bool:
    return name.endswith(".py") and not name.startswith("test_")


def folders(root: Path) -> Iterator[tuple[Path, list[str]]]:
    """`root` and the folders below it that may hold source of the project's, each with the names of its files."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if not is_skipped(Path(folder, name)))
        yield Path(folder), names


def is_skipped(folder: Path) -> bool:
    """Whether a folder holds no source of the project's: hidden, a virtual environment, installed or built files."""
    return folder.name in _SKIPPED or folder.name.startswith(".") or (folder / "pyvenv.cfg").is_file()


def _module(path: Path, root: Path) -> str:
    """The dotted name by which `path` is imported: from the folder above its topmost package, `src` left out."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts[0] == "src" and len(parts) > 1 and not (root / "src" / "__init__.py").exists():
        parts = parts[1:]
    if parts[-1] == "__init__":
        parts = parts[:-1]
    return ".".join(parts)


def _by_package(found: Iterable[Candidate]) -> list[Candidate]:
    groups: dict[str, list[Candidate]] = {}
    for one in found:
        is_package = one.files[0].name == "__init__.py"
        parent = one.module if is_package else one.module.rpartition(".")[0]
        groups.setdefault(parent, []).append(one)
    joined: list[Candidate] = []
    for parent, members in groups.items():
        alone = len(members) == 1 or not parent
        joined += members if alone else [_join(parent, members)]
    return joined


def _merge(found: list[Candidate]) -> list[Candidate]:
    kept: list[Candidate] = []
    for one in sorted(found, key=lambda item: item.module.count(".")):
        above = next((k for k in kept if one.module.startswith(f"{k.module}.")), None)
        if above is None:
            kept.append(one)
        else:
            kept[kept.index(above)] = _join(above.module, [above, one])
    return kept


def _join(module: str, members: list[Candidate]) -> Candidate:
    return Candidate(
        module,
        tuple(path for member in members for path in member.files),
        tuple(table for member in members for table in member.tables),
    )
