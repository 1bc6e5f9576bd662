-- +1 index, ~1 table, ~1 column, ~4 indexes
--   rewrite: public.p is rewritten: a integer becomes bigint
--   incompatible: code that expects public.p.a as integer may break
--   lock: ACCESS EXCLUSIVE on public.p1 while every row is read

SET lock_timeout = '5s';

ALTER INDEX public.p1_a_idx RENAME TO ix_a;

ALTER INDEX public.p1_own RENAME TO p1_other;

ALTER TABLE public.p DETACH PARTITION public.p1;

DROP INDEX public.p1_b_idx;

DROP INDEX public.p_b;

ALTER TABLE public.p ALTER COLUMN a TYPE bigint;

CREATE INDEX p_b ON public.p (b, a);

CREATE INDEX ix_b ON public.p1 (b);
