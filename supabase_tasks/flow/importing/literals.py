"""Defaults that are constants, as values of Python: what SQL writes into the column the class has from the start."""

from __future__ import annotations

import re
from dataclasses import dataclass

from supabase_tasks.flow.importing.source import string
from supabase_tasks.flow.importing.sqltypes import ColumnType, Names, identity_of


@dataclass(frozen=True, slots=True)
class Value:
    """The argument of Field, and the annotation that goes with it."""

    argument: str
    annotation: str


def python(default: str, type_: str, kind: ColumnType, names: Names) -> Value | None:
    """The default of the text `default` (as `readable.default` writes it); None for what is no constant."""
    if "json" in type_ or type_.endswith("[]"):
        return _empty(default, type_, kind)
    text = _text(default)
    found: str | None = None
    if kind.annotation == "bool":
        found = {"true": "True", "false": "False"}.get(default)
    elif kind.annotation == "int":
        found = default if re.fullmatch(r"-?(0|[1-9]\d*)", default) else None
    elif kind.annotation == "float":
        found = repr(float(default)) if re.fullmatch(r"-?\d+(\.\d+)?", default) else None
    elif kind.annotation == "Decimal":
        number = re.fullmatch(r"-?\d+(\.\d+)?", default)
        found = (
            f"Decimal({string(default)})" if number and "." in default else f"Decimal({default})" if number else None
        )
        found = None if re.match(r"-?0\d", default) else found
    elif kind.annotation == "str" and text is not None and "character(" not in type_:
        found = string(text)
    elif text is not None and (enum := names.enums.get(identity_of(type_))) and text in enum.members:
        found = f"{enum.class_name}.{enum.members[text]}"
    return Value(f"default={found}", kind.annotation) if found is not None else None


def _text(default: str) -> str | None:
    match = re.fullmatch(r"'([^'\\\n]*)'", default)
    return match[1] if match else None


def _empty(default: str, type_: str, kind: ColumnType) -> Value | None:
    if type_ in ("json", "jsonb"):
        empty = {"'{}'": ("dict", "dict[str, Any]"), "'[]'": ("list", "list[Any]")}.get(default)
        return Value(f"default_factory={empty[0]}", empty[1]) if empty else None
    return Value("default_factory=list", kind.annotation) if default in ("'{}'", "ARRAY[]") else None
