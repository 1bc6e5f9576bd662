-- +1 schema, +3 collations, +1 table, +1 index

CREATE SCHEMA words;

CREATE COLLATION words.built (provider = builtin, locale = 'C.UTF-8');

CREATE COLLATION words.mixed (provider = libc, lc_collate = 'C', lc_ctype = 'C.UTF-8');

CREATE COLLATION words.plain (provider = libc, locale = 'C');

COMMENT ON COLLATION words.plain IS 'by bytes';

CREATE TABLE public.note (
    body text COLLATE words.plain
);

CREATE INDEX note_body ON public.note (body COLLATE words.mixed);
