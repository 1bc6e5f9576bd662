-- ~1 composite type, ~1 column
--   rewrite: public.t is rewritten: c moves to the new public.couple
--   may fail: fails when a row of public.t holds a value of c that no longer exists
--   may fail: fails when a row of public.t holds an array of more than one dimension in c
--   rewrite: public.t is rewritten: cs moves to the new public.couples
--   may fail: fails when a row of public.t holds a value of cs that no longer exists
--   may fail: fails when a row of public.t holds an array of more than one dimension in cs
--   rewrite: public.t is rewritten: d moves to the new public.dpair
--   may fail: fails when a row of public.t holds a value of d that no longer exists
--   rewrite: public.t is rewritten: n moves to the new public.pair
--   may fail: fails when a row of public.t holds a value of n that no longer exists
--   rewrite: public.t is rewritten: p moves to the new public.pair
--   may fail: fails when a row of public.t holds a value of p that no longer exists
--   rewrite: public.t is rewritten: ps moves to the new public.pair[]
--   may fail: fails when a row of public.t holds a value of ps that no longer exists
--   may fail: fails when a row of public.t holds an array of more than one dimension in ps

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN p DROP DEFAULT;

ALTER TYPE public.pair RENAME TO pair__old;

ALTER TYPE public.couple RENAME TO couple__old;

ALTER TYPE public.couples RENAME TO couples__old;

ALTER TYPE public.dpair RENAME TO dpair__old;

CREATE TYPE public.pair AS (
    last text,
    mid integer,
    first character varying(20)
);

CREATE TYPE public.couple AS (
    a public.pair,
    b public.pair[],
    since date
);

CREATE DOMAIN public.couples AS public.couple[];

CREATE DOMAIN public.dpair AS public.pair;

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
        new[place] := CASE WHEN old[place] IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((old[place]).last, NULL, CASE WHEN length((old[place]).first) > 20 THEN (old[place]).first || '.' ELSE (old[place]).first END)::text::public.pair END;
    END LOOP;
    RETURN new;
END
$$;

CREATE FUNCTION public.couple__moved(old public.couple__old[]) RETURNS public.couple[]
    LANGUAGE plpgsql IMMUTABLE SET search_path = '' AS $$
DECLARE
    new public.couple[] := '{}';
BEGIN
    IF old IS NULL THEN
        RETURN NULL;
    ELSIF array_ndims(old) > 1 THEN
        RAISE EXCEPTION 'an array of % has more than one dimension', 'public.couple' USING ERRCODE = 'array_subscript_error';
    END IF;
    FOR place IN coalesce(array_lower(old, 1), 1)..coalesce(array_upper(old, 1), 0) LOOP
        new[place] := CASE WHEN old[place] IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(CASE WHEN (old[place]).a IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(((old[place]).a).last, NULL, CASE WHEN length(((old[place]).a).first) > 20 THEN ((old[place]).a).first || '.' ELSE ((old[place]).a).first END)::text::public.pair END, public.pair__moved((old[place]).b), (old[place]).since)::text::public.couple END;
    END LOOP;
    RETURN new;
END
$$;

ALTER TABLE public.t
    ALTER COLUMN c TYPE public.couple USING CASE WHEN c IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(CASE WHEN (c).a IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(((c).a).last, NULL, CASE WHEN length(((c).a).first) > 20 THEN ((c).a).first || '.' ELSE ((c).a).first END)::text::public.pair END, public.pair__moved((c).b), (c).since)::text::public.couple END,
    ALTER COLUMN cs TYPE public.couples USING public.couple__moved(cs::public.couple__old[])::public.couples,
    ALTER COLUMN d TYPE public.dpair USING CASE WHEN d::public.pair__old IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((d::public.pair__old).last, NULL, CASE WHEN length((d::public.pair__old).first) > 20 THEN (d::public.pair__old).first || '.' ELSE (d::public.pair__old).first END)::text::public.pair END::public.dpair,
    ALTER COLUMN n TYPE public.pair USING CASE WHEN n IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((n).last, NULL, CASE WHEN length((n).first) > 20 THEN (n).first || '.' ELSE (n).first END)::text::public.pair END,
    ALTER COLUMN p TYPE public.pair USING CASE WHEN p IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((p).last, NULL, CASE WHEN length((p).first) > 20 THEN (p).first || '.' ELSE (p).first END)::text::public.pair END,
    ALTER COLUMN ps TYPE public.pair[] USING public.pair__moved(ps);

DROP FUNCTION public.pair__moved(public.pair__old[]);

DROP FUNCTION public.couple__moved(public.couple__old[]);

DROP DOMAIN public.dpair__old;

DROP DOMAIN public.couples__old;

DROP TYPE public.couple__old;

DROP TYPE public.pair__old;

ALTER TABLE public.t ALTER COLUMN p SET DEFAULT ROW('y'::text, NULL::integer, 'x'::character varying(20));
