from pathlib import Path

import pytest
from sqlalchemy import MetaData

from supabase_tasks.models import Models, Origin, RenameHint
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
    assert RenameHint(kind, identity, old).old_identity == expected


def test_a_declaration_is_found_by_kind_and_identity() -> None:
    metadata = MetaData()
    trigram = Extension("pg_trgm", metadata=metadata)
    models = Models(metadata, (trigram,))
    assert models.find("extension", ["pg_trgm"]) is trigram
    assert models.find("schema", ["pg_trgm"]) is None
