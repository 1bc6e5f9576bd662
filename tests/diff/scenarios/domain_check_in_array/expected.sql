-- ~1 domain
--   rewrite: public.t is rewritten: a moves to the new public.pos[]
--   may fail: fails when a row of public.t holds a value of a that no longer exists
--   rewrite: public.t is rewritten: b moves to the new public.big[]
--   may fail: fails when a row of public.t holds a value of b that no longer exists
--   rewrite: public.t is rewritten: p moves to the new public.pos
--   may fail: fails when a row of public.t holds a value of p that no longer exists

SET lock_timeout = '5s';

ALTER TABLE public.t ALTER COLUMN b DROP DEFAULT;

ALTER TYPE public.pos RENAME TO pos__old;

ALTER TYPE public.big RENAME TO big__old;

CREATE DOMAIN public.pos AS integer
    CONSTRAINT pos_check CHECK (VALUE > 0);

CREATE DOMAIN public.big AS public.pos;

ALTER TABLE public.t
    ALTER COLUMN a TYPE public.pos[] USING a::text[]::public.pos[],
    ALTER COLUMN b TYPE public.big[] USING b::text[]::public.big[],
    ALTER COLUMN b SET DEFAULT '{1}'::public.big[],
    ALTER COLUMN p TYPE public.pos USING p::text::public.pos;

DROP DOMAIN public.big__old;

DROP DOMAIN public.pos__old;
