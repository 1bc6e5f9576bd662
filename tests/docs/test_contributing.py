"""CONTRIBUTING is true to the letter: every path, function, task and command that it names is there."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from itertools import takewhile
from pathlib import Path

import pytest

from bench.tasks import bench
from supabase_tasks import collection
from supabase_tasks.diff.catalog.item import Item
from supabase_tasks.diff.kinds.common.kind import Kind

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text()
PROSE = re.sub(r"^```.*?^```$", "", PAGE, flags=re.MULTILINE | re.DOTALL)
QUOTED = sorted(set(re.findall(r"`([^`\n]+)`", PROSE)))
BLOCKS = "\n".join(re.findall(r"^```bash\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
# A path below the repository or the package; `<rule>` stands for any name.
FOLDERS = (ROOT, ROOT / "supabase_tasks")
SUFFIXES = (".py", ".md", ".sql", ".txt", ".json", ".toml")
# Files of a folder of which each scenario, rule or stand-in has its own.
ONE_OF_MANY = {"before.sql", "after.sql", "check.sql", "expected.sql", "bad.sql", "good.sql", "bad.txt"}
PROGRAMS = {"pip", "npm", "inv", "pytest", "ruff", "mypy", "python", "python3", ".", ".ci/run"}


def is_path(text: str) -> bool:
    return bool(re.fullmatch(r"[\w.<>*/-]+", text)) and ("/" in text or text.endswith(SUFFIXES))


def there(name: str) -> bool:
    pattern = re.sub(r"<[^>]+>", "*", name).rstrip("/")
    if name in ONE_OF_MANY:
        pattern = f"**/{name}"
    return any(next(folder.glob(pattern), None) is not None for folder in FOLDERS)


def commands() -> Iterator[list[str]]:
    for line in BLOCKS.splitlines():
        for part in line.partition(" #")[0].split("&&"):
            if words := shlex.split(part):
                yield words
    for text in QUOTED:
        words = text.split()
        while words and re.fullmatch(r"[A-Z_]+=\S+", words[0]):
            del words[0]
        if len(words) > 1 and words[0] in PROGRAMS and "…" not in text:
            yield shlex.split(" ".join(words))


@pytest.mark.parametrize("name", [text for text in QUOTED if is_path(text)])
def test_the_path_exists(name: str) -> None:
    assert there(name), name


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_the_command_can_be_run(words: list[str]) -> None:
    program, *arguments = words
    assert program in PROGRAMS
    if program == "inv":
        names = [word for word in arguments if not word.startswith("-")]
        assert set(names[:1]) <= set(collection(bench).task_names)
    elif program == "pytest":
        for word in takewhile(lambda word: not word.startswith("-"), arguments):
            assert (ROOT / word).exists(), word
    elif program in ("python", "python3") and arguments[:1] == ["-m"] and arguments[1] != "venv":
        module = arguments[1]
        sys.path.insert(0, str(ROOT / "tests"))
        try:
            assert find_spec(module), module
        finally:
            sys.path.remove(str(ROOT / "tests"))
    elif program == ".ci/run":
        assert shutil.which(str(ROOT / program))


def rows(title: str) -> list[list[str]]:
    """The cells of a section's table rows."""
    section = PAGE.split(f"## {title}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]


@pytest.mark.parametrize("row", rows("One column, from the model to the written file")[2:], ids=lambda row: row[1])
def test_the_way_of_a_column_goes_through_functions_that_exist(row: list[str]) -> None:
    _, files, functions = (re.findall(r"`([^`]+)`", cell) for cell in row)
    for file, function in zip(files, functions, strict=True):
        tree = ast.parse((ROOT / "supabase_tasks" / file).read_text())
        assert function in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, function


# What an item has by itself is in no table; its two base classes are named in one.
@pytest.mark.parametrize(
    ("part", "title", "apart"),
    [
        (Item, "What an `Item` says:", {"key", "address", "SchemaItem", "TableItem"}),
        (Kind, "What a `Kind` says:", set()),
    ],
)
def test_the_tables_of_a_kind_have_everything_that_it_may_say(part: type, title: str, apart: set[str]) -> None:
    section = re.split(r"\n## |\nWhat a", PAGE.split(title)[1])[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line[:1] == "|"]
    told = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    public = {name for name in [*vars(part), *part.__annotations__] if not name.startswith("_")}
    assert told - apart == public - apart


def test_a_path_that_is_not_there_is_seen() -> None:
    assert not there("diff/kinds/nowhere.py")
    assert there("tests/lint/rules/<rule>/")
