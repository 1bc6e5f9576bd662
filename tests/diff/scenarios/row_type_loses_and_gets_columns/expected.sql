-- +1 column, ~1 column, −1 column
--   data loss: column public.addr.zip is dropped with its values
--   incompatible: code that uses public.addr.zip breaks
--   rewrite: public.person is rewritten: others public.addr[] becomes text
--   rewrite: public.person is rewritten: home public.addr becomes text
--   rewrite: public.person is rewritten: home text becomes public.addr
--   rewrite: public.person is rewritten: others text becomes public.addr[]
--   lock: ACCESS EXCLUSIVE on public.addr while every row is rewritten

SET lock_timeout = '5s';

ALTER TABLE public.addr DROP COLUMN zip;

ALTER TABLE public.person
    ALTER COLUMN others DROP DEFAULT,
    ALTER COLUMN others TYPE text;

DROP FUNCTION public.town(public.person);

ALTER TABLE public.person ALTER COLUMN home TYPE text;

ALTER TABLE public.addr ALTER COLUMN town TYPE character varying(30);

ALTER TABLE public.person
    ALTER COLUMN home TYPE public.addr USING home::public.addr,
    ALTER COLUMN others TYPE public.addr[] USING others::public.addr[],
    ALTER COLUMN others SET DEFAULT '{}'::public.addr[];

CREATE FUNCTION public.town(p public.person)
 RETURNS text
 LANGUAGE sql
 STABLE
RETURN (p).home.town;

ALTER TABLE public.addr
    ADD COLUMN extra integer,
    ALTER COLUMN extra SET DEFAULT 5;

UPDATE public.addr SET extra = 5;
