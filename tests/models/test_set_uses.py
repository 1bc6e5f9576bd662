"""Sets whose order may matter are found in the source; those that are only searched, counted or sorted are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.project import Project

from supabase_tasks.models import set_uses


def _lines(root: Path, *texts: str) -> list[tuple[str, int]]:
    paths = [Project(root).write(f"module_{number}.py", text) for number, text in enumerate(texts)]
    return [(place.origin.file.name, place.origin.line) for place in set_uses.find_sets(paths)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('a = [*{"x", "y"}]', True),
        ("a = list(x for x in {y for y in b})", True),
        ("a = [{lambda: 1, b}]", True),
        ("a = [{(x := 1), b}]", True),
        ("a = [{'x'}]", False),
        ("a = [*({'x'} | {'y'})]", True),
        ("a = [{*b}]", True),
        ('a = {"x": {1, 2}}', True),
        ('a = {"x": 1, **{1: {2, 3}}}', True),
        ("a = {'it\\'s': 1}", False),
        ("f(frozenset(b))", True),
        ("a = list(map(set, b))", False),
        ('a = {"x": 1}; b = {}; c = {**a}; d = {  y.z : 1 }; e = {1: 2}', False),
        ("a = {k: v for k, v in b}", False),
        ("a = f'{b:>3} {c}'", False),
        ("a = b in {1, 2}", False),
        ("a = sorted({1, 2})", False),
        ("a = max({'x', 'y'}, key=len)", True),
        ("a = {\n    # one\n    'x',\n}", False),
        ("a = b or {'x', 'y'}; c(a)", True),
        ("a = {'x', 'y'}\nb = 'x' in a\na.add('z')\nif a: pass\nif not a: pass\nc = len(a)", False),
        ("a = {'x', 'y'}\nb = ','.join(a)", True),
        ("a: set[str] = {'x', 'y'}\nb = [*a]", True),
        ("class A:\n    a = {'x', 'y'}\n    def b(self): return 'x' in self.a", False),
        ("class A:\n    a = {'x', 'y'}\nb = list(A.a)", True),
        ("a = b = {'x', 'y'}", True),
        ("def a(): return {'x', 'y'}", True),
        ("a(hash('x'))", True),
        ("class A:\n    def __hash__(self): return hash(self.b)", False),
        ("a.dump(exclude={'x', 'y'})", False),
        ("a = [*(b.keys() - c)]", True),
        ("a = [one.name for one in table.indexes]", True),
    ],
)
def test_a_set_whose_order_may_matter_is_found(text: str, found: bool, tmp_path: Path) -> None:
    assert bool(_lines(tmp_path, text)) is found


def test_the_set_is_named_by_its_own_line(tmp_path: Path) -> None:
    assert _lines(tmp_path, "import a\n\nONE = {'x', 'y'}\nTWO = {'u', 'v'}\nb = 'x' in TWO\nc = [*ONE]\n") == [
        ("module_0.py", 3)
    ]


@pytest.mark.parametrize(
    "use", ["from module_0 import ONE\na = list(ONE)", "from module_0 import ONE as other", "a = list(m.ONE)"]
)
def test_what_another_module_does_with_it_counts(use: str, tmp_path: Path) -> None:
    assert _lines(tmp_path, "ONE = {'x', 'y'}", "a = 1") == []
    assert _lines(tmp_path, "ONE = {'x', 'y'}", use) == [("module_0.py", 1)]


def test_a_text_is_parsed_only_where_there_may_be_a_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_uses.ast, "parse", lambda text: pytest.fail(f"parsed: {text}"))
    assert not _lines(tmp_path, 'made = {"server_default": text("now()"), "a": {}, "b": {1: 2}}\n')


def test_what_is_no_python_has_none(tmp_path: Path) -> None:
    assert _lines(tmp_path, "a = {1, 2") == []
