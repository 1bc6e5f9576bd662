-- ~1 enum, ~1 domain, ~1 column, ~1 index
--   rewrite: "My App".p is rewritten: a moves to the new "My App"."Mood"[]
--   may fail: fails when a row of "My App".p holds a value of a that no longer exists
--   rewrite: "My App".p is rewritten: c moves to the new "My App"."Comp"
--   may fail: fails when a row of "My App".p holds a value of c that no longer exists
--   rewrite: "My App".p is rewritten: cs moves to the new "My App"."Comp"[]
--   may fail: fails when a row of "My App".p holds a value of cs that no longer exists
--   rewrite: "My App".p is rewritten: d moves to the new "My App"."D"
--   may fail: fails when a row of "My App".p holds a value of d that no longer exists
--   rewrite: "My App".p is rewritten: da moves to the new "My App"."DA"
--   may fail: fails when a row of "My App".p holds a value of da that no longer exists
--   rewrite: "My App".p is rewritten: m moves to the new "My App"."Mood"
--   may fail: fails when a row of "My App".p holds a value of m that no longer exists
--   rewrite: "My App".p is rewritten: o moves to the new "My App"."Outer"
--   may fail: fails when a row of "My App".p holds a value of o that no longer exists
--   lock: ACCESS EXCLUSIVE on "My App".p1 briefly
--   lock: ACCESS EXCLUSIVE on "My App".p2 briefly

SET lock_timeout = '5s';

DROP VIEW "My App".v;

DROP INDEX "My App".p_m;

ALTER TABLE "My App".p1 ALTER COLUMN d DROP DEFAULT;

ALTER TABLE "My App".p
    ALTER COLUMN d DROP DEFAULT,
    ALTER COLUMN t DROP DEFAULT;

ALTER TABLE "My App".p1 DROP CONSTRAINT own;

DROP FUNCTION "My App".f("My App"."Mood", "My App"."Outer");

ALTER TABLE "My App".p
    ALTER COLUMN a DROP DEFAULT,
    ALTER COLUMN m DROP DEFAULT;

ALTER TYPE "My App"."Mood" RENAME TO "Mood__old";

ALTER TYPE "My App"."D" RENAME TO "D__old";

ALTER TYPE "My App"."DA" RENAME TO "DA__old";

ALTER TYPE "My App"."Comp" RENAME TO "Comp__old";

ALTER TYPE "My App"."Outer" RENAME TO "Outer__old";

CREATE TYPE "My App"."Mood" AS ENUM ('up', 'down');

CREATE DOMAIN "My App"."D" AS "My App"."Mood" DEFAULT 'up'::"My App"."Mood"
    CONSTRAINT "D_check" CHECK (VALUE <> 'down'::"My App"."Mood");

CREATE DOMAIN "My App"."DA" AS "My App"."D"[]
    CONSTRAINT "DA_check" CHECK (cardinality(VALUE) < 9);

CREATE TYPE "My App"."Comp" AS (
    m "My App"."Mood",
    ds "My App"."DA",
    n integer
);

CREATE TYPE "My App"."Outer" AS (
    c "My App"."Comp",
    cs "My App"."Comp"[]
);

ALTER TABLE "My App".p
    ALTER COLUMN a TYPE "My App"."Mood"[] USING a::text[]::"My App"."Mood"[],
    ALTER COLUMN a SET DEFAULT '{up,down}'::"My App"."Mood"[],
    ALTER COLUMN c TYPE "My App"."Comp" USING c::text::"My App"."Comp",
    ALTER COLUMN cs TYPE "My App"."Comp"[] USING cs::text[]::"My App"."Comp"[],
    ALTER COLUMN d TYPE "My App"."D" USING d::text::"My App"."D",
    ALTER COLUMN da TYPE "My App"."DA" USING da::text::"My App"."DA",
    ALTER COLUMN m TYPE "My App"."Mood" USING m::text::"My App"."Mood",
    ALTER COLUMN m SET DEFAULT 'up'::"My App"."Mood",
    ALTER COLUMN o TYPE "My App"."Outer" USING o::text::"My App"."Outer";

ALTER TABLE "My App".p2
    ALTER COLUMN a DROP DEFAULT,
    ALTER COLUMN m DROP DEFAULT;

DROP TYPE "My App"."Outer__old";

DROP TYPE "My App"."Comp__old";

DROP DOMAIN "My App"."DA__old";

DROP DOMAIN "My App"."D__old";

DROP TYPE "My App"."Mood__old";

GRANT USAGE ON TYPE "My App"."Mood" TO anon;

COMMENT ON TYPE "My App"."Mood" IS 'how';

CREATE FUNCTION "My App".f("My App"."Mood", x "My App"."Outer" DEFAULT NULL::"My App"."Outer")
 RETURNS "My App"."D"
 LANGUAGE sql
AS $function$ select $1::"My App"."D" $function$;

GRANT EXECUTE ON FUNCTION "My App".f("My App"."Mood", "My App"."Outer") TO anon;

ALTER TABLE "My App".p
    ALTER COLUMN d SET DEFAULT 'up'::"My App"."Mood",
    ALTER COLUMN t SET DEFAULT ('up'::"My App"."Mood")::text;

CREATE INDEX p_m ON "My App".p (m) WHERE m <> 'down'::"My App"."Mood";

ALTER TABLE "My App".p1
    ALTER COLUMN d SET DEFAULT 'up'::"My App"."Mood",
    ADD CONSTRAINT own CHECK (m <> 'down'::"My App"."Mood") NOT VALID;

ALTER TABLE "My App".p2 ALTER COLUMN d DROP DEFAULT;

CREATE VIEW "My App".v AS
SELECT m,
    (c).m AS cm
   FROM "My App".p;

ALTER TABLE "My App".p2 ALTER COLUMN t DROP DEFAULT;

-- reads the existing rows, without blocking writes
--   may fail: own fails when "My App".p1 holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on "My App".p1 while every row is read

SET lock_timeout = '5s';

ALTER TABLE "My App".p1 VALIDATE CONSTRAINT own;
