-- ~1 domain
--   rewrite: public.t is rewritten: tag moves to the new public.tag

SET lock_timeout = '5s';

ALTER TYPE public.word RENAME TO word__old;

ALTER TYPE public.tag RENAME TO tag__old;

CREATE DOMAIN public.word AS text;

CREATE DOMAIN public.tag AS public.word
    CONSTRAINT tag_check CHECK (VALUE::text <> ''::text);

ALTER TABLE public.t ALTER COLUMN tag TYPE public.tag USING tag::character varying(5);

DROP DOMAIN public.tag__old;

DROP DOMAIN public.word__old;
