-- +1 schema, ~2 domains, ~2 composite types, ~1 table, ~2 columns, ~1 constraint, ~1 index, ~1 function
--   incompatible: code that uses the name public.people breaks
--   incompatible: code that uses the name public.email breaks
--   incompatible: code that uses the name public.addr breaks
--   incompatible: code that uses the name crm.persons.mail breaks
--   rewrite: crm.persons is rewritten: all_homes moves to the new crm.address[]
--   may fail: fails when a row of crm.persons holds a value of all_homes that no longer exists
--   may fail: fails when a row of crm.persons holds an array of more than one dimension in all_homes
--   rewrite: crm.persons is rewritten: home moves to the new crm.address
--   may fail: fails when a row of crm.persons holds a value of home that no longer exists
--   rewrite: crm.persons is rewritten: e_mail moves to the new crm.mailbox
--   may fail: fails when a row of crm.persons holds a value of e_mail that no longer exists
--   lock: ACCESS EXCLUSIVE on public.people briefly

SET lock_timeout = '5s';

CREATE SCHEMA crm;

ALTER TABLE public.people SET SCHEMA crm;

ALTER TABLE crm.people RENAME TO persons;

ALTER DOMAIN public.email SET SCHEMA crm;

ALTER DOMAIN crm.email RENAME TO mailbox;

ALTER TYPE public.addr SET SCHEMA crm;

ALTER TYPE crm.addr RENAME TO address;

ALTER TABLE crm.persons RENAME COLUMN mail TO e_mail;

ALTER TABLE crm.persons RENAME CONSTRAINT people_pkey TO persons_pkey;

ALTER INDEX crm.people_fmt RENAME TO persons_fmt;

DROP INDEX crm.persons_fmt;

DROP FUNCTION public.fmt(crm.address);

ALTER TYPE crm.address RENAME TO address__old;

CREATE TYPE crm.address AS (
    street text,
    zip character varying(10),
    city text
);

CREATE FUNCTION crm.address__moved(old crm.address__old[]) RETURNS crm.address[]
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
    new crm.address[] := '{}';
BEGIN
    IF old IS NULL THEN
        RETURN NULL;
    ELSIF array_ndims(old) > 1 THEN
        RAISE EXCEPTION 'an array of % has more than one dimension', 'crm.address' USING ERRCODE = 'array_subscript_error';
    END IF;
    FOR place IN coalesce(array_lower(old, 1), 1)..coalesce(array_upper(old, 1), 0) LOOP
        new[place] := CASE WHEN old[place] IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((old[place]).street, CASE WHEN length((old[place]).zip) > 10 THEN (old[place]).zip || '.' ELSE (old[place]).zip END, NULL)::text::crm.address END;
    END LOOP;
    RETURN new;
END
$$;

ALTER TABLE crm.persons
    ALTER COLUMN all_homes TYPE crm.address[] USING crm.address__moved(all_homes),
    ALTER COLUMN home TYPE crm.address USING CASE WHEN home IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((home).street, CASE WHEN length((home).zip) > 10 THEN (home).zip || '.' ELSE (home).zip END, NULL)::text::crm.address END;

DROP FUNCTION crm.address__moved(crm.address__old[]);

DROP TYPE crm.address__old;

ALTER TABLE crm.persons ALTER COLUMN e_mail DROP DEFAULT;

ALTER TYPE crm.mailbox RENAME TO mailbox__old;

CREATE DOMAIN crm.mailbox AS character varying(100)
    CONSTRAINT mailbox_check CHECK (VALUE::text ~~ '%@%'::text)
    CONSTRAINT mailbox_check1 CHECK (length(VALUE::text) > 2);

ALTER TABLE crm.persons ALTER COLUMN e_mail TYPE crm.mailbox USING CASE WHEN length(e_mail::text) > 100 THEN e_mail::text || '.' ELSE e_mail::text END;

DROP DOMAIN crm.mailbox__old;

CREATE FUNCTION public.fmt(a crm.address)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
RETURN (((a).street || ((a).zip)::text) || (a).city);

ALTER TABLE crm.persons ALTER COLUMN e_mail SET DEFAULT 'c@d'::character varying;

CREATE INDEX persons_fmt ON crm.persons (public.fmt(home));
