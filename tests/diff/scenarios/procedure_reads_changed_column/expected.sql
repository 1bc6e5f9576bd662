-- ~1 column, ~1 procedure
--   rewrite: public.t is rewritten: note text becomes character varying(9)
--   incompatible: code that expects public.t.note as text may break
--   may fail: fails when a value of public.t.note does not fit character varying(9)

SET lock_timeout = '5s';

DROP PROCEDURE public.wipe();

ALTER TABLE public.t ALTER COLUMN note TYPE character varying(9) USING CASE WHEN length(note) > 9 THEN note || '.' ELSE note END;

CREATE PROCEDURE public.wipe()
 LANGUAGE sql
BEGIN ATOMIC
 UPDATE public.t SET note = NULL::character varying;
END;
