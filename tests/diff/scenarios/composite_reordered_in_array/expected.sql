-- ~1 composite type
--   rewrite: public.team is rewritten: pairs moves to the new public.pair[]
--   may fail: fails when a row of public.team holds an array of more than one dimension in pairs

SET lock_timeout = '5s';

ALTER TYPE public.pair RENAME TO pair__old;

CREATE TYPE public.pair AS (
    last text,
    first text
);

CREATE FUNCTION public.pair__moved(old public.pair__old[]) RETURNS public.pair[]
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
    new public.pair[] := '{}';
BEGIN
    IF old IS NULL THEN
        RETURN NULL;
    ELSIF array_ndims(old) > 1 THEN
        RAISE EXCEPTION 'an array of % has more than one dimension', 'public.pair' USING ERRCODE = 'array_subscript_error';
    END IF;
    FOR place IN coalesce(array_lower(old, 1), 1)..coalesce(array_upper(old, 1), 0) LOOP
        new[place] := CASE WHEN old[place] IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((old[place]).last, (old[place]).first)::text::public.pair END;
    END LOOP;
    RETURN new;
END
$$;

ALTER TABLE public.team ALTER COLUMN pairs TYPE public.pair[] USING public.pair__moved(pairs);

DROP FUNCTION public.pair__moved(public.pair__old[]);

DROP TYPE public.pair__old;
