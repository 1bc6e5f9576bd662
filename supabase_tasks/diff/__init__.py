"""The schema diff engine: two databases compared by PostgreSQL's own eyes, a migration, and its proof.

`plan` and `prove` are imported where they are used: they load Alembic.
"""
