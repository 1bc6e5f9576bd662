-- ~1 composite type
--   rewrite: public.t is rewritten: c moves to the new public.span
--   rewrite: public.t is rewritten: cs moves to the new public.span[]
--   may fail: fails when a row of public.t holds an array of more than one dimension in cs

SET lock_timeout = '5s';
SET timezone = 'UTC';

ALTER TYPE public.span RENAME TO span__old;

CREATE TYPE public.span AS (
    since timestamp without time zone,
    n integer
);

CREATE FUNCTION public.span__moved(old public.span__old[]) RETURNS public.span[]
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
    new public.span[] := '{}';
BEGIN
    IF old IS NULL THEN
        RETURN NULL;
    ELSIF array_ndims(old) > 1 THEN
        RAISE EXCEPTION 'an array of % has more than one dimension', 'public.span' USING ERRCODE = 'array_subscript_error';
    END IF;
    FOR place IN coalesce(array_lower(old, 1), 1)..coalesce(array_upper(old, 1), 0) LOOP
        new[place] := CASE WHEN old[place] IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((old[place]).since, (old[place]).n)::text::public.span END;
    END LOOP;
    RETURN new;
END
$$;

ALTER TABLE public.t
    ALTER COLUMN c TYPE public.span USING CASE WHEN c IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((c).since, (c).n)::text::public.span END,
    ALTER COLUMN cs TYPE public.span[] USING public.span__moved(cs);

DROP FUNCTION public.span__moved(public.span__old[]);

DROP TYPE public.span__old;
