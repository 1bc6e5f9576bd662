"""The operators and support functions of operator classes and families, as SQL."""

from __future__ import annotations

# Which members of pg_opfamily `f`: those that a class has of its own (deptype 'i' on pg_opclass `o`), and the loose ones.
OWN = "d.deptype = 'i' AND d.refclassid = 2616 AND d.refobjid = o.oid"
LOOSE = "d.deptype = 'a' AND d.refclassid = 2753 AND d.refobjid = f.oid"
_TYPES = "pg_catalog.format_type({0}, NULL), pg_catalog.format_type({1}, NULL)"


def members(which: str) -> str:
    """SQL for an array of texts, sorted: `OPERATOR 1 app.< (…)`; a loose one stands behind `OPERATOR 1 (…)|`, by which
    ALTER OPERATOR FAMILY … DROP takes it.

    Source: PostgreSQL 17, pg_dump.c, dumpOpclass() and dumpOpfamily().
    """
    operator = _TYPES.format("a.amoplefttype", "a.amoprighttype")
    function = _TYPES.format("p.amproclefttype", "p.amprocrighttype")
    prefix = which == LOOSE
    return f"""
        ARRAY(SELECT {"one || '|' || whole" if prefix else "whole"} FROM (
            SELECT 1 AS part, a.amopstrategy AS number, format('OPERATOR %s (%s, %s)', a.amopstrategy, {operator}) AS one,
                format('OPERATOR %s %s%s', a.amopstrategy, a.amopopr::regoperator,
                    (SELECT format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname) FROM pg_catalog.pg_opfamily s
                        JOIN pg_catalog.pg_namespace sn ON sn.oid = s.opfnamespace WHERE s.oid = a.amopsortfamily)) AS whole
            FROM pg_catalog.pg_amop a JOIN pg_catalog.pg_depend d ON d.classid = 2602 AND d.objid = a.oid
            WHERE a.amopfamily = f.oid AND {which}
            UNION ALL
            SELECT 2, p.amprocnum, format('FUNCTION %s (%s, %s)', p.amprocnum, {function}),
                format('FUNCTION %s (%s, %s) %s', p.amprocnum, {function}, p.amproc::regprocedure)
            FROM pg_catalog.pg_amproc p JOIN pg_catalog.pg_depend d ON d.classid = 2603 AND d.objid = p.oid
            WHERE p.amprocfamily = f.oid AND {which}) each ORDER BY part, number, one, whole)
    """
