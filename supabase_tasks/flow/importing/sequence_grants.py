"""Who may use the sequences behind identity columns, where it is other than what every new sequence gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

# A new object gets the default privileges of its owner, those of its schema added to the general ones (PostgreSQL
# documentation, ALTER DEFAULT PRIVILEGES).
_USUAL = """\
WITH sequences AS (
  SELECT c.oid, n.oid AS schema, c.relowner AS owner, quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS name,
         coalesce(c.relacl, acldefault('S', c.relowner)) AS acl
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
   WHERE c.relkind = 'S'
)
SELECT s.name
  FROM sequences s
  LEFT JOIN pg_catalog.pg_default_acl general
    ON (general.defaclrole, general.defaclnamespace, general.defaclobjtype) = (s.owner, 0, 'S')
  LEFT JOIN pg_catalog.pg_default_acl own
    ON (own.defaclrole, own.defaclnamespace, own.defaclobjtype) = (s.owner, s.schema, 'S')
 WHERE ARRAY(SELECT (a.grantee, a.privilege_type, a.is_grantable)::text FROM aclexplode(s.acl) a ORDER BY 1)
     = ARRAY(SELECT (a.grantee, a.privilege_type, a.is_grantable)::text
               FROM aclexplode(coalesce(general.defaclacl, acldefault('S', s.owner))) a
             UNION
             SELECT (a.grantee, a.privilege_type, a.is_grantable)::text FROM aclexplode(own.defaclacl) a
              ORDER BY 1)
"""


def usual(connection: psycopg.Connection[Any]) -> frozenset[str]:
    """The sequences, as SQL names them, whose privileges are those that a new one gets."""
    return frozenset(str(row[0]) for row in connection.execute(_USUAL.encode()))
