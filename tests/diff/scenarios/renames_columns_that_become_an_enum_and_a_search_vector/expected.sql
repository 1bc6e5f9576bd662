-- +1 enum, +1 column, +1 index, ~4 columns, ~1 index, ~1 function, ~1 trigger, −1 constraint
--   incompatible: code that uses the name public.docs.body breaks
--   incompatible: code that uses the name public.docs.lang breaks
--   rewrite: public.docs is rewritten: locale text becomes public.locale
--   incompatible: code that expects public.docs.locale as text may break
--   may fail: fails when a value of public.docs.locale does not fit public.locale
--   rewrite: public.docs is rewritten: every row gets its own value of words

SET lock_timeout = '5s';

ALTER TABLE public.docs RENAME COLUMN body TO content;

ALTER TABLE public.docs RENAME COLUMN lang TO locale;

DROP TRIGGER doc_tg ON public.docs;

DROP INDEX public.docs_lower;

ALTER TABLE public.docs DROP CONSTRAINT lang_ok;

CREATE TYPE public.locale AS ENUM ('en', 'de', 'fr');

CREATE OR REPLACE FUNCTION public.check_doc()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin if new.content is null then return null; end if; return new; end $function$;

ALTER TABLE public.docs
    ADD CONSTRAINT docs_content_not_null CHECK (content IS NOT NULL) NOT VALID,
    ALTER COLUMN locale TYPE public.locale USING locale::public.locale,
    ADD COLUMN words tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, content)) STORED;

CREATE INDEX docs_lower ON public.docs (lower(content)) WHERE locale = 'en'::public.locale;

CREATE INDEX docs_words ON public.docs USING gin (words);

CREATE TRIGGER doc_tg BEFORE UPDATE OF content ON public.docs FOR EACH ROW WHEN (new.locale = 'en'::public.locale) EXECUTE FUNCTION public.check_doc();

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.docs has no content
--   incompatible: code that writes NULL to public.docs.content breaks
--   lock: ACCESS EXCLUSIVE on public.docs while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.docs VALIDATE CONSTRAINT docs_content_not_null;

ALTER TABLE public.docs ALTER COLUMN content SET NOT NULL;

ALTER TABLE public.docs DROP CONSTRAINT docs_content_not_null;
