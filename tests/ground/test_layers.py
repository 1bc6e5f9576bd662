"""CONTRIBUTING's table of layers is the whole truth: no import that it does not name, and no circle."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

from support import sources

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "supabase_tasks"
_ROW = re.compile(r"^\| \w+ \| (`[^|]*`) \|([^|]*)\|", re.MULTILINE)
# Its row in the table is `__init__`.
FACADE = "supabase_tasks"


def allowed() -> dict[str, set[str]]:
    rows = _ROW.findall((ROOT / "CONTRIBUTING.md").read_text())
    return {
        name: set(re.findall(r"`([\w.]+)`", may)) for names, may in rows for name in re.findall(r"`([\w.]+)`", names)
    }


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in PACKAGE.rglob("*.py")
    }


def imports(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for module, name in sources.outline(path).imports:
        if module.split(".")[0] == "supabase_tasks":
            full = f"{module}.{name}"
            yield full if full in known else module


def layer(module: str, table: dict[str, set[str]]) -> str:
    """The longest row that the module lies in; "" is the ground."""
    inner = module.removeprefix("supabase_tasks").lstrip(".") or "__init__"
    return max((name for name in table if f"{inner}.".startswith(f"{name}.")), key=len, default="")


def test_every_import_is_one_that_the_table_names() -> None:
    table, known = allowed(), modules()
    wrong = [
        f"{module} imports {target}"
        for module, path in known.items()
        for target in imports(path, known)
        if layer(target, table) not in ("", layer(module, table), *table.get(layer(module, table), ()))
    ]
    assert wrong == []


def test_the_table_names_packages_that_exist_and_points_down() -> None:
    table = allowed()
    assert all(
        any((PACKAGE / name.replace(".", "/")).with_suffix(end).exists() for end in ("", ".py")) for name in table
    )
    tuple(TopologicalSorter(table).static_order())


def test_no_circle_of_modules() -> None:
    known = modules()
    graph = {module: set(imports(path, known)) - {module} for module, path in known.items()}
    tuple(TopologicalSorter(graph).static_order())


def test_no_module_is_long() -> None:
    lengths = {str(path): len(path.read_text().splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {path: length for path, length in lengths.items() if length > 300} == {}
    assert sorted(lengths.values())[len(lengths) // 2] < 100
