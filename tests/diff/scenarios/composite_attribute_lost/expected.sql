-- ~1 composite type
--   rewrite: public.person is rewritten: addr moves to the new public.addr
--   data loss: attribute zip of public.addr is dropped with its values

SET lock_timeout = '5s';

ALTER TYPE public.addr RENAME TO addr__old;

CREATE TYPE public.addr AS (
    town text,
    street text
);

ALTER TABLE public.person ALTER COLUMN addr TYPE public.addr USING CASE WHEN addr IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW((addr).town, (addr).street)::text::public.addr END;

DROP TYPE public.addr__old;
