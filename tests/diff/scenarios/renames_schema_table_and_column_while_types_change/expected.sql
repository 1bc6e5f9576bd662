-- +1 column, +2 grants, ~1 schema, ~1 table, ~4 columns, ~1 constraint, ~1 function, ~1 view, ~1 grant, ~1 comment
--   incompatible: code that uses the name old breaks
--   incompatible: code that uses the name neu.t breaks
--   incompatible: code that uses the name neu.tt.a breaks
--   incompatible: code that uses neu.tt.b breaks
--   rewrite: neu.tt is rewritten: id integer becomes bigint
--   incompatible: code that expects neu.tt.id as integer may break
--   rewrite: neu.tt is rewritten: aa integer becomes bigint
--   incompatible: code that expects neu.tt.aa as integer may break
--   rewrite: neu.tt is rewritten: every row gets its own value of b
--   rewrite: neu.tt is rewritten: every row gets its own value of c
--   incompatible: anon can do less with neu.tt
--   grant widened: anon can do more with neu.tt.id
--   lock: ACCESS EXCLUSIVE on neu.t briefly

SET lock_timeout = '5s';

ALTER SCHEMA old RENAME TO neu;

ALTER TABLE neu.t RENAME TO tt;

ALTER TABLE neu.tt RENAME COLUMN a TO aa;

ALTER TABLE neu.tt RENAME CONSTRAINT t_pkey TO tt_pkey;

ALTER SEQUENCE neu.t_id_seq RENAME TO tt_id_seq;

DROP VIEW neu.v;

ALTER TABLE neu.tt DROP COLUMN b;

DROP FUNCTION neu.f(neu.tt);

ALTER TABLE neu.tt
    ALTER COLUMN id TYPE bigint,
    ALTER COLUMN aa TYPE bigint,
    ADD COLUMN b bigint GENERATED ALWAYS AS (aa * 2) STORED,
    ADD COLUMN c integer GENERATED ALWAYS AS (1) STORED;

CREATE FUNCTION neu.f(x neu.tt)
 RETURNS bigint
 LANGUAGE sql
 STABLE
RETURN (x).aa;

REVOKE SELECT ON TABLE neu.tt FROM anon;

GRANT SELECT (b, id) ON TABLE neu.tt TO anon;

COMMENT ON COLUMN neu.tt.aa IS 'two';

CREATE VIEW neu.v AS
SELECT id,
    b,
    c
   FROM neu.tt;
