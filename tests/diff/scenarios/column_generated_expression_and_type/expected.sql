-- ~1 column
--   incompatible: code that uses public.p.b breaks
--   rewrite: public.p is rewritten: every row gets its own value of b

SET lock_timeout = '5s';

DROP INDEX public.p_b;

ALTER TABLE public.p
    DROP COLUMN b,
    ADD COLUMN b character varying(20) GENERATED ALWAYS AS ((a || '?'::text)) STORED;

CREATE INDEX p_b ON public.p (b);
