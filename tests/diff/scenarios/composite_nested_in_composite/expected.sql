-- ~1 composite type
--   rewrite: public.lot is rewritten: bid moves to the new public.bid

SET lock_timeout = '5s';

ALTER TYPE public.cash RENAME TO cash__old;

ALTER TYPE public.bid RENAME TO bid__old;

CREATE TYPE public.cash AS (
    amount numeric,
    scale integer,
    code text
);

CREATE TYPE public.bid AS (
    price public.cash,
    note text
);

ALTER TABLE public.lot ALTER COLUMN bid TYPE public.bid USING CASE WHEN bid IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(CASE WHEN (bid).price IS NOT DISTINCT FROM NULL THEN NULL ELSE ROW(((bid).price).amount, NULL, ((bid).price).code)::text::public.cash END, (bid).note)::text::public.bid END;

DROP TYPE public.bid__old;

DROP TYPE public.cash__old;
