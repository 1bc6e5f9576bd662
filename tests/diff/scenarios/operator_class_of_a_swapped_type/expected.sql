-- ~1 composite type
--   rewrite: public.t is rewritten: p moves to the new public.pair

SET lock_timeout = '5s';

DROP INDEX public.t_p;

DROP FUNCTION public.pair_cmp2(public.pair, public.pair);

DROP OPERATOR CLASS public.pair_ops USING btree;

DROP OPERATOR public.<# (public.pair, public.pair);

DROP OPERATOR public.=# (public.pair, public.pair);

DROP FUNCTION public.pair_cmp(public.pair, public.pair);

DROP FUNCTION public.pair_eq(public.pair, public.pair);

DROP FUNCTION public.pair_lt(public.pair, public.pair);

ALTER TYPE public.pair RENAME TO pair__old;

CREATE TYPE public.pair AS (
    b integer,
    a integer
);

ALTER TABLE public.t ALTER COLUMN p TYPE public.pair USING CASE WHEN p IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((p).b, (p).a)::text::public.pair END;

DROP TYPE public.pair__old;

CREATE FUNCTION public.pair_cmp(public.pair, public.pair)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).b - ($2).b$function$;

CREATE FUNCTION public.pair_cmp2(public.pair, public.pair)
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$select sign(($1).b - ($2).b)::int$function$;

CREATE FUNCTION public.pair_eq(public.pair, public.pair)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).b = ($2).b$function$;

CREATE OPERATOR public.=# (
    FUNCTION = public.pair_eq,
    LEFTARG = public.pair,
    RIGHTARG = public.pair
);

CREATE FUNCTION public.pair_lt(public.pair, public.pair)
 RETURNS boolean
 LANGUAGE sql
 IMMUTABLE
AS $function$select ($1).b < ($2).b$function$;

CREATE OPERATOR public.<# (
    FUNCTION = public.pair_lt,
    LEFTARG = public.pair,
    RIGHTARG = public.pair
);

CREATE OPERATOR CLASS public.pair_ops FOR TYPE public.pair
    USING btree FAMILY public.pair_ops AS
    OPERATOR 1 public.<#(public.pair,public.pair),
    OPERATOR 3 public.=#(public.pair,public.pair),
    FUNCTION 1 (public.pair, public.pair) public.pair_cmp(public.pair,public.pair);

CREATE INDEX t_p ON public.t (p public.pair_ops);
