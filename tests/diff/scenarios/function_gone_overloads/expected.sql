-- +1 function, ~1 column, ~1 function, ~1 view, −1 function
--   incompatible: code that calls a.n(text) breaks
--   lock: ACCESS EXCLUSIVE on a.t while every row is read

SET lock_timeout = '5s';

DROP VIEW a.v;

DROP INDEX a.t_outer_idx;

ALTER TABLE a.t
    DROP CONSTRAINT "t_Q_check",
    ALTER COLUMN "Q" DROP DEFAULT;

DROP FUNCTION a."outer"(text);

DROP FUNCTION a.n(text);

CREATE FUNCTION a.n(x text, deep integer DEFAULT 1)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select x $function$;

CREATE FUNCTION a."outer"(x text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN (a.n(x) || '?'::text);

ALTER TABLE a.t
    ALTER COLUMN "Q" SET DEFAULT (a.n('z'::text) || '!'::text),
    ADD CONSTRAINT "t_Q_check" CHECK (a.n("Q") <> ''::text) NOT VALID;

CREATE INDEX t_outer_idx ON a.t (a."outer"("Q"));

CREATE VIEW a.v AS
SELECT a.n('x'::text) AS t,
    a.n(1) AS i,
    1 AS more;

-- reads the existing rows, without blocking writes
--   may fail: t_Q_check fails when a.t holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on a.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE a.t VALIDATE CONSTRAINT "t_Q_check";
