-- ~2 columns
--   rewrite: public.a is rewritten: id integer becomes bigint
--   incompatible: code that expects public.a.id as integer may break
--   rewrite: public.b is rewritten: a_id integer becomes bigint
--   incompatible: code that expects public.b.a_id as integer may break

SET lock_timeout = '5s';

ALTER TABLE public.a ALTER COLUMN id TYPE bigint;

ALTER TABLE public.b ALTER COLUMN a_id TYPE bigint;
