-- ~1 schema, ~2 columns, ~1 view
--   incompatible: code that uses the name a breaks
--   incompatible: code that uses the name b.t.n breaks
--   rewrite: b.t is rewritten: m integer becomes bigint
--   incompatible: code that expects b.t.m as integer may break
--   lock: ACCESS EXCLUSIVE on b.v briefly

SET lock_timeout = '5s';

ALTER SCHEMA a RENAME TO b;

ALTER TABLE b.t RENAME COLUMN n TO m;

ALTER TABLE b.t ALTER COLUMN m TYPE bigint;

CREATE OR REPLACE VIEW b.v AS
SELECT id,
    1 AS q
   FROM b.t;
