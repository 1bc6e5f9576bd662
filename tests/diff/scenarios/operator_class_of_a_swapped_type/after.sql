-- superuser
CREATE TYPE public.pair AS (b int, a int);
CREATE FUNCTION public.pair_lt(public.pair, public.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select ($1).b < ($2).b';
CREATE FUNCTION public.pair_eq(public.pair, public.pair) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'select ($1).b = ($2).b';
CREATE FUNCTION public.pair_cmp(public.pair, public.pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'select ($1).b - ($2).b';
CREATE FUNCTION public.pair_cmp2(public.pair, public.pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'select sign(($1).b - ($2).b)::int';
CREATE OPERATOR public.<# (LEFTARG = public.pair, RIGHTARG = public.pair, FUNCTION = public.pair_lt);
CREATE OPERATOR public.=# (LEFTARG = public.pair, RIGHTARG = public.pair, FUNCTION = public.pair_eq);
CREATE TABLE public.t (id int PRIMARY KEY, p public.pair);
CREATE OPERATOR CLASS public.pair_ops FOR TYPE public.pair USING btree AS
    OPERATOR 1 public.<#, OPERATOR 3 public.=#, FUNCTION 1 public.pair_cmp(public.pair, public.pair);
CREATE INDEX t_p ON public.t (p public.pair_ops);
