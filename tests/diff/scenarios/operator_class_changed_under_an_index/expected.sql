-- ~1 operator class
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

DROP INDEX public.t_p;

DROP OPERATOR CLASS public.pair_ops USING btree;

CREATE OPERATOR CLASS public.pair_ops FOR TYPE public.pair
    USING btree FAMILY public.pair_ops AS
    OPERATOR 1 public.<#(public.pair,public.pair),
    OPERATOR 3 public.=#(public.pair,public.pair),
    FUNCTION 1 (public.pair, public.pair) public.pair_cmp2(public.pair,public.pair);

CREATE INDEX t_p ON public.t (p public.pair_ops);
