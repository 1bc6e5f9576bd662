"""CONTRIBUTING's naming rule: one name for one thing, and the field's words in what people read."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from support import sources

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "supabase_tasks"
MODULES = sorted(PACKAGE.rglob("*.py"))
# `hooks/main.py` holds `main`: what a console script's entry point is called everywhere.
CONVENTIONS = {"main"}
# A lone participle leaves open what was done to what, and whether the call does it. `qualified` and `quoted` are SQL's own
# words for a text, `Referenced` is a word of the schema language; needs and seeds are nouns.
PARTICIPLE = re.compile(
    r"[A-Za-z][a-z]+ed|(?i:begun|bent|built|done|found|gone|given|held|hidden|kept|known|left|lost|made|ran|said|seen|shown)"
    r"|(?i:taken|told|written)"
)
NO_PARTICIPLES = {"need", "seed", "qualified", "quoted", "Referenced"}
NO_WORDS = re.compile(
    r"\b(nobody|besides?|befalls?|befell|befallen|becomes? of|heed\w*|vanish\w*|deserv\w+|takes? hold|lets? go|heirs?"
    r"|twins?|strangers?|in vain|the dice|wants|realis\w+)\b",
    re.IGNORECASE,
)
# The user of that name, where it is quoted as one.
QUOTED = re.compile(r"`[^`\n]*`|\"nobody\"")


def own_name(path: Path) -> str:
    return path.parent.name if path.name == "__init__.py" else path.stem


def texts(path: Path) -> tuple[str, ...]:
    """The strings and comments of a Python file; another file is text as a whole."""
    return sources.texts(path) if path.suffix == ".py" else (path.read_text(),)


def test_no_module_defines_something_of_its_own_name() -> None:
    """`push.push` makes every caller choose which of the two the name stands for."""
    wrong = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if own_name(path) not in CONVENTIONS and own_name(path) in sources.outline(path).defined
    ]
    assert wrong == []


def test_no_package_has_two_classes_of_one_name() -> None:
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in MODULES:
        inside = path.relative_to(PACKAGE)
        for name in sources.outline(path).classes:
            places[inside.parts[0] if len(inside.parts) > 1 else "", name].append(str(inside))
    assert {name: found for (_, name), found in places.items() if len(found) > 1} == {}


def called(path: Path) -> tuple[str, ...]:
    """The functions, classes and methods of a module, private ones too. A property is none of them: what it says of its
    object may be a participle (`target.protected`)."""
    names = sources.outline(path)
    return (*names.classes, *names.functions)


def is_participle(name: str) -> bool:
    bare = name.strip("_")
    return PARTICIPLE.fullmatch(bare) is not None and bare not in NO_PARTICIPLES


def test_no_function_class_or_method_is_a_lone_participle() -> None:
    wrong = [f"{path.relative_to(ROOT)}: {name}" for path in MODULES for name in called(path) if is_participle(name)]
    assert wrong == []


@pytest.mark.parametrize("folder", ["supabase_tasks", "docs", "."], ids=["package", "docs", "root"])
def test_what_people_read_has_the_words_of_the_field(folder: str) -> None:
    pattern = "*" if folder == "." else "**/*"
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in sorted((ROOT / folder).glob(pattern))
        if path.suffix in (".py", ".md", ".sql") and path.is_file()
        for text in texts(path)
        for match in NO_WORDS.finditer(QUOTED.sub("", text))
    ]
    assert found == []


def test_the_rule_sees_what_it_forbids(tmp_path: Path) -> None:
    """Each of the looks finds the fault that it is for."""
    assert is_participle("settled") and is_participle("_Renamed") and not is_participle("read_snapshot")
    module = tmp_path / "push.py"
    body = "class A:\n    @property\n    def kept(self): ...\n    def _held(self): ...\n\n\n"
    module.write_text(f'"""Stands beside it."""\n\n\n{body}def push() -> str:\n    return f"{{1}} nobody"\n')
    assert own_name(module) in sources.outline(module).defined
    assert sources.outline(module).classes == ("A",) and called(module) == ("A", "push", "_held")
    assert [match for text in texts(module) for match in NO_WORDS.findall(text)] == ["beside", "nobody"]
