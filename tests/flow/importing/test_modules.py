"""The modules that an import writes."""

from __future__ import annotations

from supabase_tasks.flow.importing.modules import Package


def test_a_label_of_an_enum_imports_nothing() -> None:
    text = Package("db", 88, {}).module(
        "The enums.", ['class Kind(StrEnum):\n    UUID = "UUID"\n    Decimal = "Decimal"\n']
    )
    assert "from enum import StrEnum" in text
    assert "import UUID" not in text and "import Decimal" not in text
