-- +1 sequence, ~1 column
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

CREATE SEQUENCE public.numbers START WITH 50;

ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('public.numbers'::regclass);

SELECT setval('public.numbers', max(id)) FROM public.t HAVING max(id) >= 50;
