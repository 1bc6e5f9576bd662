"""Statements that name one thing: nothing in them has an order, wherever the models took it from."""

from __future__ import annotations

import re

_NAME = r'(?:"(?:[^"]|"")+"|[^\W\d]\w*)'
_TABLE = rf"{_NAME}(?:\.{_NAME})?"
_TYPE = r"(?:(?!DEFAULT|GENERATED|CHECK|COLLATE)[\w.\"\[\]]+ ?(?:\(\d+(?:, ?\d+)?\) ?)?)+?"
_DEFAULT = r"(?: DEFAULT (?:-?[\d.]+|true|false|NULL|''(?:::[\w. ]+)?|\w+\(\)))?"
_ACTIONS = "|".join(
    (
        rf"ADD COLUMN {_NAME} {_TYPE}(?: NOT NULL)?{_DEFAULT}(?: NOT NULL)?",
        rf"ADD CONSTRAINT {_NAME} FOREIGN KEY \({_NAME}\) REFERENCES {_TABLE} ?\({_NAME}\)(?: [A-Z ]+)?",
        rf"ALTER COLUMN {_NAME} (?:(?:SET|DROP) NOT NULL|DROP DEFAULT)",
        rf"VALIDATE CONSTRAINT {_NAME}",
        r"(?:ENABLE|DISABLE|FORCE|NO FORCE) ROW LEVEL SECURITY",
        r"DROP [^,]*",
    )
)
_LONE = re.compile(
    rf"(?:ALTER TABLE (?:ONLY )?{_TABLE}\s+(?:{_ACTIONS})(?:,\s+(?:{_ACTIONS}))*"
    rf"|CREATE INDEX {_NAME} ON {_TABLE} (?:USING \w+ )?\({_NAME}\)|DROP .*|SET \w+ = .*);?",
    re.DOTALL,
)


def names_one_thing(statement: str) -> bool:
    """Whether a statement says nothing that could stand in another order: one column, one key, or a drop."""
    return _LONE.fullmatch(statement.strip()) is not None
