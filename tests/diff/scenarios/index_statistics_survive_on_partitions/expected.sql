-- ~1 column
--   rewrite: public.m is rewritten: a integer becomes bigint
--   incompatible: code that expects public.m.a as integer may break
--   lock: ACCESS EXCLUSIVE on public.m1_expr_idx briefly

SET lock_timeout = '5s';

ALTER TABLE public.m ALTER COLUMN a TYPE bigint;

ALTER INDEX public.m1_expr_idx ALTER COLUMN 1 SET STATISTICS 33;
