-- ~1 column
--   rewrite: public.log is rewritten: old public.t becomes text
--   rewrite: public.t is rewritten: id integer becomes bigint
--   incompatible: code that expects public.t.id as integer may break
--   rewrite: public.log is rewritten: old text becomes public.t

SET lock_timeout = '5s';

ALTER TABLE public.log ALTER COLUMN old TYPE text;

ALTER TABLE public.t ALTER COLUMN id TYPE bigint;

ALTER TABLE public.log ALTER COLUMN old TYPE public.t USING old::public.t;
