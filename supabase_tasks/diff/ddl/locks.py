"""The lock that a statement takes on a table: for the kinds, which write statements, and for the reader of migrations.

Sources: PostgreSQL's documentation, "Explicit Locking" and the pages of the commands; AlterTableGetLockLevel and
AlterTableGetRelOptionsLockLevel (tablecmds.c, reloptions.c), CreateTrigger, CreatePolicy, DefineQueryRewrite,
CreateStatistics, OpenTableList (publicationcmds.c).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Statement = Literal[
    "ALTER TABLE",
    "ADD FOREIGN KEY",
    "VALIDATE CONSTRAINT",
    "ENABLE TRIGGER",
    "ENABLE RULE",
    "ATTACH PARTITION",
    "DETACH PARTITION",
    "DETACH PARTITION CONCURRENTLY",
    "CREATE INDEX",
    "CREATE INDEX CONCURRENTLY",
    "DROP INDEX",
    "DROP INDEX CONCURRENTLY",
    "CREATE TRIGGER",
    "DROP TRIGGER",
    "CREATE RULE",
    "DROP RULE",
    "POLICY",
    "STATISTICS",
    "PUBLICATION TABLE",
    "ALTER VIEW",
    "CREATE OR REPLACE VIEW",
]

_MODES: Mapping[Statement, str] = {
    # Every form of ALTER TABLE that is not named here.
    "ALTER TABLE": "ACCESS EXCLUSIVE",
    # On both tables.
    "ADD FOREIGN KEY": "SHARE ROW EXCLUSIVE",
    "VALIDATE CONSTRAINT": "SHARE UPDATE EXCLUSIVE",
    "ENABLE TRIGGER": "SHARE ROW EXCLUSIVE",
    "ENABLE RULE": "ACCESS EXCLUSIVE",
    # On the parent; the partition itself is locked ACCESS EXCLUSIVE.
    "ATTACH PARTITION": "SHARE UPDATE EXCLUSIVE",
    "DETACH PARTITION": "ACCESS EXCLUSIVE",
    "DETACH PARTITION CONCURRENTLY": "SHARE UPDATE EXCLUSIVE",
    "CREATE INDEX": "SHARE",
    "CREATE INDEX CONCURRENTLY": "SHARE UPDATE EXCLUSIVE",
    "DROP INDEX": "ACCESS EXCLUSIVE",
    "DROP INDEX CONCURRENTLY": "SHARE UPDATE EXCLUSIVE",
    "CREATE TRIGGER": "SHARE ROW EXCLUSIVE",
    "DROP TRIGGER": "ACCESS EXCLUSIVE",
    "CREATE RULE": "ACCESS EXCLUSIVE",
    "DROP RULE": "ACCESS EXCLUSIVE",
    "POLICY": "ACCESS EXCLUSIVE",
    "STATISTICS": "SHARE UPDATE EXCLUSIVE",
    "PUBLICATION TABLE": "SHARE UPDATE EXCLUSIVE",
    # On the view that is there: queries of it wait.
    "ALTER VIEW": "ACCESS EXCLUSIVE",
    "CREATE OR REPLACE VIEW": "ACCESS EXCLUSIVE",
}


def mode(statement: Statement) -> str:
    """The mode that the statement locks its table in."""
    return _MODES[statement]
