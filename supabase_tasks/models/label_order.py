"""Whether the models say the same in every run: the order of a set is another with every hash seed of Python.

An enum whose labels come from a set is written in the order that this run happens to have, and the next one swaps it. It
cannot be seen in one process, so the models are imported in others, each with a seed of its own; only where a file of theirs
makes a set that could become labels.
"""

from __future__ import annotations

import ast
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from operator import ne
from pathlib import Path
from tempfile import TemporaryDirectory

from supabase_tasks import progress
from supabase_tasks.errors import ModelsError
from supabase_tasks.installed import LIBRARY_FOLDERS
from supabase_tasks.settings import Settings

_FIRST, _THIRD = "1", "3"
_TRIED = range(4, 40)
# What one seed does to sets of the labels, without an import of anything.
_ORDERS = "import json, sys; print(json.dumps([list(set(one)) for one in json.loads(sys.argv[1])]))"
_LABELS = re.compile(r"'((?:[^']|'')*)'")
# What takes a set and gives something that has no order, or always the same.
_ORDERED = frozenset(("sorted", "len", "any", "all", "min", "max", "sum", "isinstance", "issubclass"))
_MAKERS = frozenset(("set", "frozenset"))
# A brace that begins a dict for sure; in what is left of a text without them, there is a set or the text has to be parsed.
_DICT = re.compile(r"""\{\s*(?:\}|\*\*|(?!lambda\b)(?:"[^"\n\\]*"|'[^'\n\\]*'|[\w.]+)\s*:(?!=))""")
_PERHAPS_SET = re.compile(r"\{|\b(?:frozen)?set\b")
_CHILD = "import sys; from supabase_tasks.models.label_order import write; write(*sys.argv[1:])"

Texts = Mapping[str, str]


def refuse_unstable(settings: Settings, files: Iterable[Path]) -> None:
    """Raises `ModelsError` when an enum or a table of the models, whose `files` these are, reads otherwise in another run.

    What lies outside of the project's repository was in this process for another reason, as a test runner's modules are;
    and a virtual environment inside of it holds the libraries of others.
    """
    top = _repository(settings.root)
    own = (path for path in files if path.suffix == ".py" and path.is_relative_to(top) and not _is_library(path, top))
    if not any(map(_makes_labels_of_a_set, own)):
        return
    with progress.within("importing the models anew, to see whether labels from a set keep their order"):
        _compare_runs(settings)


def _compare_runs(settings: Settings) -> None:
    first = _ask_child(settings, _FIRST)
    if first is None:
        return
    for seed in (_other_seed(first), _THIRD):
        texts = _ask_child(settings, seed) or first
        name = next((name for name in first if texts.get(name) != first[name]), None)
        if name is not None:
            raise _unstable(name, first[name], texts.get(name, ""))


def write(root: str, target: str) -> None:
    """The child's part: what the models of the project in `root` say, into the file `target`."""
    from supabase_tasks import settings
    from supabase_tasks.models import loading
    from supabase_tasks.models.ddl import ddl_statements
    from supabase_tasks.models.language.words import all_words

    words = all_words()
    found = {
        f"{statement.origin or ''} {statement.kind} {'.'.join(map(str, statement.identity))}": str(statement.sql)
        for statement in ddl_statements(loading.load(settings.load(Path(root))))
        if statement.kind in words and words[statement.kind].labels
    }
    Path(target).write_text(json.dumps(found), encoding="utf-8")


def _is_library(path: Path, top: Path) -> bool:
    """Whether a file below the folder `top` was put there by an installer."""
    return not LIBRARY_FOLDERS.isdisjoint(path.relative_to(top).parts)


def _repository(root: Path) -> Path:
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def _ask_child(settings: Settings, seed: str) -> Texts | None:
    from supabase_tasks import process

    with TemporaryDirectory(prefix="supabase-tasks-") as folder, suppress(OSError, ValueError):
        target = Path(folder) / "said.json"
        command = [sys.executable, "-c", _CHILD, str(settings.root), str(target)]
        process.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=settings.root, check=False)
        found: Texts = json.loads(target.read_text(encoding="utf-8"))
        return found
    return None


def _other_seed(texts: Texts) -> str:
    """A seed that orders sets of these labels otherwise than the first one does, as many of them as can be."""
    labels = [found for text in texts.values() if len(found := _LABELS.findall(text)) > 1]
    # Members of an enum are hashed by their names, which mostly are the labels in capitals.
    sets = json.dumps([*labels, *([label.upper() for label in some] for some in labels)])
    before = _orders(sets, _FIRST)
    flips = {seed: sum(map(ne, _orders(sets, str(seed)), before)) for seed in _until(sets, before)}
    return str(max(flips, key=lambda seed: flips[seed], default=2))


def _until(sets: str, before: Sequence[object]) -> Iterator[int]:
    for seed in _TRIED:
        yield seed
        if all(map(ne, _orders(sets, str(seed)), before)):
            return


@cache
def _orders(sets: str, seed: str) -> list[object]:
    from supabase_tasks import process

    done = process.run([sys.executable, "-S", "-c", _ORDERS, sets], env={"PYTHONHASHSEED": seed})
    found: list[object] = json.loads(done.stdout)
    return found


def _unstable(name: str, one: str, other: str) -> ModelsError:
    place, _, object_name = name.strip().rpartition(" ")
    file, _, kind = place.rpartition(" ")
    return ModelsError(
        f"{f'{file}: ' if file else ''}{kind} {object_name} reads otherwise in every run: its labels come from a set",
        cause=f"in one run: {one}\nin another: {other}",
        next_step="make the set a list or a tuple, or sort it, then run it again",
        code="unstable-order",
    )


def _makes_labels_of_a_set(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8-sig")
        # Parsing all models took 0.04, 0.5 and 1.5 s at 30, 300 and 1,000 tables, this a fiftieth of it.
        tree = ast.parse(text) if "num" in text and _PERHAPS_SET.search(_DICT.sub("", text)) else None
    except (OSError, ValueError, SyntaxError):
        return False
    return tree is not None and _holds_set(tree)


def _holds_set(node: ast.AST) -> bool:
    """Whether a set is made below `node` whose order may matter: not one that is only searched, counted or sorted."""
    if _is_set(node):
        return True
    children = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Compare):
        children = [child for child in children if not _is_set(child)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ORDERED:
        return False
    return any(_holds_set(child) for child in children)


def _is_set(node: ast.AST) -> bool:
    made = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MAKERS
    return made or isinstance(node, ast.Set | ast.SetComp)
