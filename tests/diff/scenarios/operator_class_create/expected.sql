-- +1 index, +1 operator family, +1 operator class
--   lock: SHARE on public.t while every row is read

SET lock_timeout = '5s';

CREATE OPERATOR FAMILY public.pair_ops USING btree;

CREATE OPERATOR CLASS public.pair_ops FOR TYPE public.pair
    USING btree FAMILY public.pair_ops AS
    OPERATOR 1 public.<#(public.pair,public.pair),
    OPERATOR 3 public.=#(public.pair,public.pair),
    FUNCTION 1 (public.pair, public.pair) public.pair_cmp(public.pair,public.pair);

COMMENT ON OPERATOR CLASS public.pair_ops USING btree IS 'by b';

COMMENT ON OPERATOR FAMILY public.pair_ops USING btree IS 'of pairs';

CREATE INDEX t_p ON public.t (p public.pair_ops);
