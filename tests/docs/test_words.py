"""The glossary of CONTRIBUTING holds in everything that is shipped, and the sentences that were rewritten stay away."""

from __future__ import annotations

import io
import re
import tokenize
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "CONTRIBUTING.md").read_text().split("## Words\n")[1].split("\n## ")[0]
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in SECTION.splitlines() if line.startswith("| ")]
BANNED = [word for row in ROWS[1:] for word in re.findall(r"`([^`]+)`", row[2])]
# What Nx and pytest call so, and the CLI's words, which are rewritten for a local database.
ELSEWHERE = {
    "the plugin": ("supabase_tasks/nx/", "supabase_tasks/tasks/nx.py", "docs/nx.md", "docs/testing.md"),
    "remote database": ("supabase_tasks/cli/output.py",),
}
# Sentences that read as translated, each rewritten once; what a message says now is in its own test.
REWRITTEN = (
    "say what your Supabase database should be", "and nothing else, carries it", "where it listens",
    "which knows nothing of it", "in the way the danger deserves", "every one has a default but", "the ground under",
    "nothing merged was edited", "so that the next one is quick", "what Python has no form for", "where a pull cannot work",
    "models have changes that no migration has", "the change needs a permission", "if that is meant",
    "without a default: rows that exist", "is it new, or was it renamed", "nothing was left half done", "nobody is there",
    "nobody is at the terminal", "are the history now. What", "what git must not take in", "without this it is installed",
    "no order of statements leads", "does not lead to the models", "is what its migrations say", "there is no such file here",
    "is a repair never blind", "a repair is never blind", "does NOT run", "what had run by then", "none is half applied",
    "is still at work on {target}", "but it holds no program", "npm's own words", "is not a working Supabase CLI",
    "is no migration:", "will not run it again", "is not heeded", "we have no rule", "no way to draw", "is no name of",
    "becomes plain SQL beside", "answer yes beforehand", "every reset ask for", "what to arrive at", "as a third opinion",
    "has not: there every body", "not asked: --reach", "nobody's business", "a taken one gives way",
    "has is said with", "None was found",
)  # fmt: skip
SHIPPED = sorted(
    path
    for path in [
        *(ROOT / "supabase_tasks").rglob("*"),
        *(ROOT / "docs").rglob("*.md"),
        *(ROOT / ".agents").rglob("*.md"),
        *(ROOT / "bench").rglob("*.py"),
        *(ROOT / "app").rglob("*.py"),
        *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "llms.txt", "tasks.py")),
    ]
    if path.suffix in (".py", ".md", ".sql", ".js", ".cjs", ".txt", ".json") and path.is_file()
)


@cache
def texts(path: Path) -> str:
    """What people read of a file: strings and comments of a Python file, any other as a whole."""
    source = path.read_text()
    if path.suffix != ".py":
        return source.replace(SECTION, "")
    kinds = ("STRING", "COMMENT", "FSTRING_MIDDLE")
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    # A comment goes on in the next line.
    return "\n".join(token.string for token in tokens if tokenize.tok_name[token.type] in kinds)


def found(pattern: re.Pattern[str], *, but: tuple[str, ...] = ()) -> list[str]:
    places = []
    for path in SHIPPED:
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(but):
            places += [f"{name}: {match[0]}" for match in pattern.finditer(texts(path))]
    return places


def of(words: str) -> str:
    # Across the lines of a paragraph or a comment.
    return r"\b" * words[0].isalnum() + r"[\s#]+".join(map(re.escape, words.split())) + r"\b" * words[-1].isalnum()


@pytest.mark.parametrize("word", BANNED)
def test_one_thing_has_one_name(word: str) -> None:
    assert found(re.compile(of(word), re.IGNORECASE), but=ELSEWHERE.get(word, ("-",))) == []


def test_no_sentence_that_was_rewritten_comes_back() -> None:
    assert len(REWRITTEN) > 50
    assert found(re.compile("|".join(map(of, REWRITTEN)))) == []


def test_the_look_finds_what_it_is_for(tmp_path: Path) -> None:
    """Over the end of a line, in a comment and in a string."""
    module = tmp_path / "x.py"
    module.write_text('# the history\n# table\nx = f"{1} written: y"\n"""The target\'s\nhistory."""\n')
    shown = texts(module)
    assert all(re.search(of(word), shown) for word in ("history table", "written:", "target's history"))
