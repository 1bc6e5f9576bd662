"""The memo sees which modules models import, and from where: each way tried once."""

from __future__ import annotations

import pytest
from support.memo_project import Place, Way, archive, both, remembered_until_it_changes, wrote

WAYS: dict[str, Way] = {
    "project file, same size and time": Way(
        "near.EXTRA",
        lambda p: p.edit_in_place("app/near.py", "EXTRA = 1"),
        "from app import near",
        wrote("app/near.py", "EXTRA = 0"),
    ),
    "library, same size and time": Way(
        "library.EXTRA",
        lambda p: p.edit_in_place(p.site / "library.py", "EXTRA = 1"),
        "import library",
        lambda p: p.write(p.site / "library.py", "EXTRA = 0"),
    ),
    "a library's data, read by the library": Way(
        "library.EXTRA",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "import library",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"),
            lambda p: p.write(
                p.site / "library/__init__.py",
                "import pathlib\nEXTRA = int((pathlib.Path(__file__).parent / 'data.txt').read_text())",
            ),
        ),
    ),
    "a library's data, read by the models": Way(
        "int((Path(library.__file__).parent / 'data.txt').read_text())",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "from pathlib import Path\nimport library",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"), lambda p: p.write(p.site / "library/__init__.py", "")
        ),
    ),
    "importlib.resources": Way(
        "int(importlib.resources.files('library').joinpath('data.txt').read_text())",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "import importlib.resources",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"), lambda p: p.write(p.site / "library/__init__.py", "")
        ),
    ),
    "pkgutil.get_data": Way(
        "int(pkgutil.get_data('library', 'data.txt'))",
        lambda p: p.edit_in_place(p.site / "library/data.txt", "1"),
        "import pkgutil",
        both(
            lambda p: p.write(p.site / "library/data.txt", "0"), lambda p: p.write(p.site / "library/__init__.py", "")
        ),
    ),
    "version of a distribution": Way(
        "importlib.metadata.version('way') == '2'",
        lambda p: p.edit_in_place(p.site / "way.dist-info/METADATA", "Name: way\nVersion: 2\n"),
        "import importlib.metadata",
        lambda p: p.write(p.site / "way.dist-info/METADATA", "Name: way\nVersion: 1\n"),
    ),
    "entry points": Way(
        "list(importlib.metadata.entry_points(group='way'))",
        lambda p: p.edit_in_place(p.site / "way-1.dist-info/entry_points.txt", "[way]\na = b\n"),
        "import importlib.metadata",
        both(
            lambda p: p.write(p.site / "way-1.dist-info/entry_points.txt", "[wax]\na = b\n"),
            lambda p: p.write(p.site / "way-1.dist-info/METADATA", "Name: way\nVersion: 1\n"),
        ),
    ),
    "a module that appears": Way(
        "there",
        wrote("optional.py", ""),
        "try:\n    import optional\n    there = True\nexcept ImportError:\n    there = False",
    ),
    "a module that appears in a library's folder": Way(
        "there",
        lambda p: p.write(p.site / "optional.py", ""),
        "try:\n    import optional\n    there = True\nexcept ImportError:\n    there = False",
    ),
    "find_spec": Way("find_spec('optional')", wrote("optional.py", ""), "from importlib.util import find_spec"),
    "find_spec, namespace": Way(
        "find_spec('optional')", wrote("optional/x", ""), "from importlib.util import find_spec"
    ),
    "a bytecode module that appears": Way(
        "find_spec('way')", wrote("way.pyc", ""), "from importlib.util import find_spec"
    ),
    "a module that hides a library": Way(
        "library.EXTRA",
        wrote("library.py", "EXTRA = 1"),
        "import library",
        lambda p: p.write(p.site / "library.py", "EXTRA = 0"),
    ),
    "a package that hides a module": Way(
        "near.EXTRA",
        wrote("app/near/__init__.py", "EXTRA = 1"),
        "from app import near",
        wrote("app/near.py", "EXTRA = 0"),
    ),
    "a module that hides one on PYTHONPATH": Way(
        "far.EXTRA",
        wrote("../first/far.py", "EXTRA = 1"),
        "import far",
        both(
            wrote("../first/x.txt"),
            wrote("../second/far.py", "EXTRA = 0"),
            lambda p: p.environment.update(
                PYTHONPATH=f"{p.root.parent}/first:{p.root.parent}/second:{p.environment['PYTHONPATH']}"
            ),
        ),
    ),
    "a module on a path that the models add": Way(
        "far.EXTRA",
        wrote("../first/far.py", "EXTRA = 1"),
        "import sys\nsys.path[:0] = ['../first', '../second']\nimport far",
        both(wrote("../first/x.txt"), wrote("../second/far.py", "EXTRA = 0")),
    ),
    "a folder of PYTHONPATH that appears": Way(
        "there",
        wrote("../later/optional.py", ""),
        "try:\n    import optional\n    there = True\nexcept ImportError:\n    there = False",
        lambda p: p.environment.update(PYTHONPATH=f"{p.root.parent}/later:{p.environment['PYTHONPATH']}"),
    ),
    "a namespace's new portion": Way(
        "far.EXTRA",
        wrote("../first/space/far.py", "EXTRA = 1"),
        "from space import far",
        both(
            wrote("../first/x.txt"),
            wrote("../second/space/far.py", "EXTRA = 0"),
            lambda p: p.environment.update(
                PYTHONPATH=f"{p.root.parent}/first:{p.root.parent}/second:{p.environment['PYTHONPATH']}"
            ),
        ),
    ),
    "sitecustomize": Way(
        "builtins.__dict__.get('WAY')",
        lambda p: p.write(p.site / "sitecustomize.py", "import builtins\nbuiltins.WAY = 1"),
        "import builtins",
    ),
    "a path file": Way(
        "find_spec('far')", lambda p: p.write(p.site / "way.pth", "../x"), "from importlib.util import find_spec"
    ),
    "a module from an archive": Way(
        "far.EXTRA",
        lambda p: archive(p, "EXTRA = 1"),
        "import sys\nsys.path.insert(0, '../outside/far.zip')\nimport far",
        lambda p: archive(p, "EXTRA = 0"),
    ),
    "an import hook of the models": Way(
        "importlib.import_module('strange').EXTRA",
        wrote("data/strange", "EXTRA = 1"),
        """
        import importlib, importlib.abc, importlib.machinery, sys
        class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
            def find_spec(self, name, path, target=None):
                return importlib.machinery.ModuleSpec(name, self) if name == "strange" else None
            def exec_module(self, module):
                exec(open("data/strange").read(), vars(module))
        sys.meta_path.append(Finder())
        """,
        wrote("data/strange", "EXTRA = 0"),
    ),
    "a module that hides its traces": Way(
        "EXTRA_NEAR",
        wrote("app/near.py", "EXTRA = 1"),
        "import sys\nfrom app.near import EXTRA as EXTRA_NEAR\ndel sys.modules['app.near']",
        wrote("app/near.py", "EXTRA = 0"),
    ),
    "runpy": Way(
        "runpy.run_path('data/way.py')['EXTRA']",
        wrote("data/way.py", "EXTRA = 1"),
        "import runpy",
        wrote("data/way.py", "EXTRA = 0"),
    ),
    "a statement compiled late": Way(
        "thing.append_column(Column('late', Late()))",
        wrote("data/one.json", "[2]"),
        """
        from sqlalchemy import Text
        from sqlalchemy.ext.compiler import compiles
        class Late(Text):
            pass
        @compiles(Late)
        def compiled(*_, **__):
            return f'varchar({open("data/one.json").read()[1]})'
        """,
    ),
    "our own settings": Way(
        "0", wrote("pyproject.toml", '[tool.supabase-tasks]\nmodels = "app.models"\ncli = "2.0.0"\n')
    ),
}


@pytest.mark.parametrize("name", WAYS)
def test_what_can_be_seen_is_remembered_and_its_change_is_noticed(place: Place, name: str) -> None:
    remembered_until_it_changes(place, WAYS[name])


@pytest.mark.parametrize("name", ["a statement compiled late", "library, same size and time"])
def test_models_imported_apart_are_watched_there(place: Place, name: str) -> None:
    place.environment["APART"] = "1"
    remembered_until_it_changes(place, WAYS[name])
