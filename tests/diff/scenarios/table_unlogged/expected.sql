-- ~1 table
--   rewrite: public.t is rewritten

SET lock_timeout = '5s';

ALTER TABLE public.t SET UNLOGGED;
