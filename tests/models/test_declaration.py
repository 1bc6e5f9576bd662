import contextlib
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy
import sqlmodel
from sqlalchemy import MetaData

from supabase_tasks.models import Models, Origin, RenameHint
from supabase_tasks.models.language import base
from supabase_tasks.schema import Extension


def test_an_origin_is_shown_relative_to_the_project() -> None:
    origin = Origin(Path("/project/app/models.py"), 7)
    assert origin.relative_to(Path("/project")) == "app/models.py:7"
    assert origin.relative_to(Path("/elsewhere")) == "/project/app/models.py:7"


@pytest.mark.parametrize(
    ("kind", "identity", "old", "expected"),
    [
        ("table", ("public", "new"), "old", ("public", "old")),
        ("table", ("app", "new"), "legacy.old", ("legacy", "old")),
        ("function", ("app", "new", "uuid, text"), "old", ("app", "old", "uuid, text")),
        ("column", ("public", "t", "new"), "old", ("public", "t", "old")),
        ("policy", ("public", "t", "New one"), "Old 1.0", ("public", "t", "Old 1.0")),
        ("extension", ("new",), "old", ("old",)),
    ],
)
def test_the_identity_under_the_old_name(
    kind: str, identity: tuple[str, ...], old: str, expected: tuple[str, ...]
) -> None:
    assert RenameHint(kind, identity, old, is_routine=kind == "function").old_identity == expected


def test_a_declaration_is_found_by_kind_and_identity() -> None:
    metadata = MetaData()
    trigram = Extension("pg_trgm", metadata=metadata)
    models = Models(metadata, (trigram,))
    assert models.find("extension", ["pg_trgm"]) is trigram
    assert models.find("schema", ["pg_trgm"]) is None


SITE = "/venv/lib/python3.12/site-packages"
ALCHEMY = f"{Path(sqlalchemy.__file__).parent}/orm/decl_api.py"
IMPORT = "<frozen importlib._bootstrap>"
OURS = f"{Path(base.__file__).parents[1]}/loading.py"
WORD = f"{Path(base.__file__).parent}/views.py"
MERGING = f"{Path(base.__file__).parents[1]}/merging.py"


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        (["/home/shop/models.py"], 0),
        (["/home/shop/models.py", ALCHEMY, contextlib.__file__, ALCHEMY], 0),
        (["/home/shop/models.py", f"{Path(sqlmodel.__file__).parent}/main.py", ALCHEMY], 0),
        (["/home/shop/models.py", f"{SITE}/flask_sqlalchemy/model.py", ALCHEMY], 0),
        (["/home/shop/models.py", IMPORT, "/home/shop/base.py", ALCHEMY], 2),
        (["/home/shop/models.py", IMPORT, f"{SITE}/shared/models.py", ALCHEMY], 2),
        (["/home/shop/bin/inv", OURS, IMPORT, f"{SITE}/shop/models.py", "<string>", ALCHEMY], 3),
        (["/home/sqlalchemy-shop/models.py", ALCHEMY], 0),
        (["/home/pydantic/models.py"], 0),
        (["/home/shop/site-packages-list.py", ALCHEMY], 0),
        (["/home/shop/models.py", WORD, ALCHEMY, WORD], 0),
        # Nobody's line: a copy that is made when several MetaData become one.
        (["/home/shop/bin/inv", MERGING, ALCHEMY], None),
    ],
)
def test_the_authors_line_is_the_projects_own(frames: list[str], expected: int | None) -> None:
    def called(name: str, inner: Callable[[], Origin | None]) -> Callable[[], Origin | None]:
        namespace: dict[str, object] = {"inner": inner}
        exec(compile("def run():\n    return inner()", name, "exec"), namespace)
        run = namespace["run"]
        assert callable(run)
        return run

    # Called by another file than this one, which is a project's file too.
    work: Callable[[], Origin | None] = base.here
    for name in reversed(frames):
        work = called(name, work)
    found = work()
    assert (found and str(found.file)) == (None if expected is None else frames[expected])
