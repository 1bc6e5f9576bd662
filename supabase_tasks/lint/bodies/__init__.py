"""Function bodies checked without plpgsql_check: PostgreSQL itself resolves what they refer to.

SQL functions are given to PostgreSQL's own validator. A PL/pgSQL body is parsed (libpg_query), and each statement and
expression in it is handed to the server as the body of a temporary SQL function whose parameters are the variables in
scope: PostgreSQL then resolves relations, columns, functions, operators and types exactly as it would at run time.
Everything happens in one transaction that is rolled back.
"""

from supabase_tasks.lint.bodies.check import check_bodies
from supabase_tasks.lint.bodies.report import BodyReport, CheckedFunction, Issue

__all__ = ["BodyReport", "CheckedFunction", "Issue", "check_bodies"]
