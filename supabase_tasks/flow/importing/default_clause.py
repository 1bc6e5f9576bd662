"""Where a column's default needs parentheses."""

from __future__ import annotations


def stands_alone(text: str) -> bool:
    """Whether PostgreSQL takes the expression `text` behind DEFAULT as it is.

    Its grammar has no AT TIME ZONE, IN, LIKE, IS NULL, AND there (gram.y, `b_expr`), and takes COLLATE for the column's own.
    """
    import postgast

    try:
        (found,) = postgast.parse(f"CREATE TABLE t (c text DEFAULT {text})").stmts
    except (postgast.PgQueryError, ValueError):
        return False
    column = found.stmt.create_stmt.table_elts[0].column_def
    return len(column.constraints) == 1 and not column.HasField("coll_clause")
