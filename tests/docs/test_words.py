"""The glossary of CONTRIBUTING holds in everything that is shipped, and the sentences that were rewritten stay away."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest
from support import sources

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "CONTRIBUTING.md").read_text().split("## Words\n")[1].split("\n## ")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in SECTION.splitlines() if line.startswith("| ")]
BANNED = [word for row in ROWS[1:] for word in re.findall(r"`([^`]+)`", row[2])]
# What Nx and pytest call so, and the CLI's words, which are rewritten for a local database.
ELSEWHERE = {
    "the plugin": ("tests/nx/", "supabase_tasks/nx/", "supabase_tasks/tasks/nx.py", "docs/nx.md", "docs/testing.md"),
    "remote database": (
        "tests/cli/test_",
        "tests/support/local.py",
        "supabase_tasks/cli/output.py",
    ),
}
# The 60 sentences that read as translated, by their number in the list of what was rewritten; what a message says now is in
# its own test.
REWRITTEN = {
    1: "say what your Supabase database should be",
    2: "and nothing else, carries it",
    3: "installs what they need",
    4: "where it listens",
    5: "which knows nothing of it",
    6: "in the way the danger deserves",
    7: "every one has a default but",
    8: "the ground under",
    9: "nothing merged was edited",
    10: "so that the next one is quick",
    11: "what Python has no form for",
    12: "where a pull cannot work",
    13: "models have changes that no migration has",
    14: "the change needs a permission",
    15: "if that is meant",
    16: "question about this change has no answer",
    17: "rows that exist",
    18: "is it new, or was it renamed",
    19: "% alike",
    20: "nothing was left half done",
    21: "nobody is there",
    22: "nobody is there to agree",
    23: "are the history now. What",
    24: "what git must not take in",
    25: "without this it is installed",
    26: "the new one the other way round",
    27: "matches nothing",
    28: "no order of statements leads",
    29: "does not lead to the models",
    30: "that this tool cannot plan",
    31: "the target is what its migrations say",
    32: "is what its migrations say",
    33: "contradict each other in",
    34: "there is no such file here",
    35: "such file here either",
    36: "a repair is never blind",
    37: "does NOT run",
    38: "what had run by then",
    39: "none is half applied",
    40: "is still at work on {target}",
    41: "but it holds no program",
    42: "npm's own words",
    43: "is not a working Supabase CLI",
    44: "is no migration:",
    45: "will not run it again",
    46: "is not heeded",
    47: "we have no rule",
    48: "no way to draw",
    49: "is no name of",
    50: "becomes plain SQL beside",
    51: "answer yes beforehand",
    52: "every reset ask for",
    53: "what to arrive at",
    54: "as a third opinion",
    55: "has not: there every body",
    56: "not asked: --reach",
    57: "nobody's business",
    58: "a taken one gives way",
    59: "has is said with",
    60: "None was found",
}
# More of their kind.
KIN = (
    "nobody is at the terminal", "a repair is never blind", "the rows there are", "is the name of nothing",
)  # fmt: skip
SHIPPED = sorted(
    path
    for path in [
        *(ROOT / "supabase_tasks").rglob("*"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / ".agents").rglob("*.md"),
        *(ROOT / "bench").rglob("*.py"),
        *(ROOT / "app").rglob("*.py"),
        *(path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "llms.txt", "tasks.py")),
    ]
    if path.suffix in (".py", ".md", ".sql", ".js", ".cjs", ".txt", ".json") and path.is_file()
)


@cache
def texts(path: Path) -> str:
    """What people read of a file: strings and comments of a Python file, any other as a whole."""
    if path.suffix != ".py":
        return path.read_text().replace(SECTION, "")
    # A comment goes on in the next line.
    return "\n".join(sources.texts(path))


@cache
def lines_joined(path: Path, any_case: bool) -> str:
    """Its texts across the lines of a paragraph or a comment."""
    joined = re.sub(r"[\s#]+", " ", texts(path))
    return joined.lower() if any_case else joined


def holds(text: str, words: str) -> bool:
    # Most texts have none of the words: the pattern, forty times as slow, is for those that do.
    pattern = r"\b" * words[0].isalnum() + re.escape(words) + r"\b" * words[-1].isalnum()
    return words in text and re.search(pattern, text) is not None


def found(*sought: str, any_case: bool = False, but: tuple[str, ...] = ()) -> list[str]:
    names = [(path, path.relative_to(ROOT).as_posix()) for path in SHIPPED]
    return [
        f"{name}: {words}"
        for path, name in names
        for words in sought
        if not name.startswith(but or "-") and holds(lines_joined(path, any_case), words)
    ]


@pytest.mark.parametrize("word", BANNED)
def test_one_thing_has_one_name(word: str) -> None:
    assert found(word.lower(), any_case=True, but=ELSEWHERE.get(word, ())) == []


def test_no_sentence_that_was_rewritten_comes_back() -> None:
    assert list(REWRITTEN) == list(range(1, 61))
    assert found(*REWRITTEN.values(), *KIN) == []


# What a test is called is read in every failure: a field's term, and nothing is a person.
PERSONAL = re.compile(r"def (test_\w*(?:nobody|somebody|danger|beside|stranger|befall|heed)\w*)")


def test_no_test_is_named_after_a_person() -> None:
    names = [name for path in (ROOT / "tests").rglob("test_*.py") for name in PERSONAL.findall(path.read_text())]
    assert names == []


def test_the_look_finds_what_it_is_for(tmp_path: Path) -> None:
    """Over the end of a line, in a comment and in a string."""
    module = tmp_path / "x.py"
    module.write_text('# the history\n# table\nx = f"{1} written: y"\n"""The target\'s\nhistory."""\n')
    shown = lines_joined(module, True)
    assert all(holds(shown, word) for word in ("history table", "written:", "target's history"))
    assert not any(holds(shown, word) for word in ("history tab", "ritten:", "story table"))
