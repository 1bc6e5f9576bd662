-- ~1 column
--   rewrite: public.t is rewritten: owner text becomes character varying(50)
--   incompatible: code that expects public.t.owner as text may break
--   may fail: fails when a value of public.t.owner does not fit character varying(50)

SET lock_timeout = '5s';

DROP POLICY p ON public.t;

ALTER TABLE public.t ALTER COLUMN owner TYPE character varying(50) USING CASE WHEN length(owner) > 50 THEN owner || '.' ELSE owner END;

CREATE POLICY p ON public.t
    FOR SELECT
    TO authenticated
    USING (owner IS NOT NULL);
