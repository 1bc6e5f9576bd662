"""Whether the models say the same in every run: the order of a set is another with every hash seed of Python.

Labels, a check's values or a default that come from a set are written in the order that this run happens to have, and the next
one changes it. It cannot be seen in one process, so the models are imported in others, each with a seed of its own; only where
a file of theirs makes a set whose order may matter (`set_uses`).
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from itertools import combinations, compress, count, zip_longest
from operator import ne
from pathlib import Path
from tempfile import TemporaryDirectory

from supabase_tasks import progress
from supabase_tasks.background import BackgroundTask
from supabase_tasks.errors import ModelsError
from supabase_tasks.installed import LIBRARY_FOLDERS
from supabase_tasks.models import known_orders
from supabase_tasks.models.declaration import Origin
from supabase_tasks.models.set_uses import SetPlace, find_sets
from supabase_tasks.models.summary import ModelSummary
from supabase_tasks.settings import Settings

_FIRST = "1"
_TRIED = tuple(map(str, range(2, 12)))
# What one seed does to sets of texts, without an import of anything; larger ones have another order with any seed.
_ORDERS = "import json, sys; print(json.dumps([list(set(one)) for one in json.load(sys.stdin)]))"
_FEW, _MOST = 4, 12
_LABELS = re.compile(r"'((?:[^']|'')*)'")
_PARENTHESES = re.compile(r"\(([^()]*)\)")
_WORDS = re.compile(r"\w+")
# How many places of sets an error names.
_SHOWN = 5
_CHILD = "import sys; from supabase_tasks.models.set_order import write; write(*sys.argv[1:])"

Texts = Mapping[str, str]


def refuse_unstable(settings: Settings, models: ModelSummary, texts: Iterable[str] = ()) -> None:
    """Raises `ModelsError` when an object of the models reads otherwise in another run; `texts` are their statements of this
    one. Models that were found to read the same are not asked again until something that they rest on is another.

    What lies outside of the project's repository was in this process for another reason, as a test runner's modules are;
    and a virtual environment inside of it holds the libraries of others.
    """
    top = _repository(settings.root)
    own = (
        path
        for path in models.files
        if path.suffix == ".py" and path.is_relative_to(top) and not _is_library(path, top)
    )
    sets = find_sets(own)
    if not sets:
        return
    answer = known_orders.Answer(settings, models)
    if answer.is_known():
        return
    with progress.within("importing the models anew, to see whether what comes from a set keeps its order"):
        runs = [_begin_child(settings, seed) for seed in (_FIRST, *_other_seeds(texts, sets))]
        found = [run.result() for run in runs]
    _compare_runs(found, sets)
    if all(found):
        answer.remember()


def _compare_runs(found: Sequence[Texts], sets: Sequence[SetPlace]) -> None:
    first, *others = found
    for other in filter(None, others if first else ()):
        name = next((name for name in first if other.get(name) != first[name]), None)
        if name is not None:
            raise _unstable(name, (first[name], other.get(name, "")), [place.origin for place in sets])


def _begin_child(settings: Settings, seed: str) -> BackgroundTask[Texts]:
    return BackgroundTask(lambda: _ask_child(settings, seed))


def write(root: str, target: str) -> None:
    """The child's part: what the models of the project in `root` say, into the file `target`."""
    from supabase_tasks import settings
    from supabase_tasks.models import loading
    from supabase_tasks.models.ddl import ddl_statements

    found: dict[str, str] = {}
    for one in ddl_statements(loading.load(settings.load(Path(root)))):
        name = f"{one.origin or ''} {one.kind} {'.'.join(map(str, one.identity))}"
        found[name] = "\n".join(filter(None, (found.get(name), str(one.sql))))
    Path(target).write_text(json.dumps(found), encoding="utf-8")


def _is_library(path: Path, top: Path) -> bool:
    """Whether a file below the folder `top` was put there by an installer."""
    return not LIBRARY_FOLDERS.isdisjoint(path.relative_to(top).parts)


def _repository(root: Path) -> Path:
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root)


def _ask_child(settings: Settings, seed: str) -> Texts:
    """What a run with `seed` says; nothing when it ends with an error, as an import does that may be done once only."""
    from supabase_tasks import process

    with TemporaryDirectory(prefix="supabase-tasks-") as folder, suppress(OSError, ValueError):
        target = Path(folder) / "said.json"
        command = [sys.executable, "-c", _CHILD, str(settings.root), str(target)]
        process.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, cwd=settings.root, check=False)
        found: Texts = json.loads(target.read_text(encoding="utf-8"))
        return found
    return {}


def _other_seeds(texts: Iterable[str], sets: Sequence[SetPlace]) -> list[str]:
    """Two seeds that order what may be sets otherwise than the first one does, as many of them as can be."""
    several: list[Sequence[str]] = [place.texts for place in sets]
    for text in texts:
        several += [_LABELS.findall(text), *(_WORDS.findall(part) for part in _PARENTHESES.findall(text))]
    # Members of an enum are hashed by their names, which mostly are the labels in capitals.
    several += [[one.upper() for one in some] for some in several]
    # A set may hold only some of them.
    pairs = {pair for some in several if len(some) <= _FEW for pair in combinations(sorted(set(some)), 2)}
    asked = json.dumps(sorted(pairs | {tuple(some) for some in several if _FEW < len(some) <= _MOST}))
    before = _orders(asked, _FIRST)
    flips = {seed: set(compress(count(), map(ne, _orders(asked, seed), before))) for seed in _TRIED}
    best = max(flips, key=lambda seed: len(flips[seed]))
    rest = (seed for seed in _TRIED if seed != best)
    return [best, max(rest, key=lambda seed: len(flips[seed] - flips[best]))]


@cache
def _orders(sets: str, seed: str) -> list[object]:
    from supabase_tasks import process

    done = process.run([sys.executable, "-S", "-c", _ORDERS], env={"PYTHONHASHSEED": seed}, stdin=sets)
    found: list[object] = json.loads(done.stdout)
    return found


def _unstable(name: str, texts: tuple[str, str], sets: Sequence[Origin]) -> ModelsError:
    place, _, object_name = name.strip().rpartition(" ")
    file, _, kind = place.rpartition(" ")
    one, other = _different_lines(*texts)
    shown = ", ".join(map(str, sets[:_SHOWN])) + (" …" if len(sets) > _SHOWN else "")
    return ModelsError(
        f"{f'{file}: ' if file else ''}{kind} {object_name} reads otherwise in every run: it takes its order from a set",
        cause=f"in one run: {one}\nin another: {other or 'there is none of that name'}\nsets are made in {shown}",
        next_step="make the set a list or a tuple, or sort it, then run it again",
        code="unstable-order",
    )


def _different_lines(one: str, other: str) -> tuple[str, str]:
    pairs = zip_longest(one.splitlines(), other.splitlines(), fillvalue="")
    return next(((first.strip(), second.strip()) for first, second in pairs if first != second), (one, other))
