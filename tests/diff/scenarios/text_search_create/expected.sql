-- +1 text search dictionary, +1 text search configuration, +1 table

CREATE TEXT SEARCH DICTIONARY public.stems (TEMPLATE = pg_catalog.snowball, language = 'german', stopwords = 'german');

CREATE TEXT SEARCH CONFIGURATION public.german_words (PARSER = pg_catalog."default");

ALTER TEXT SEARCH CONFIGURATION public.german_words ADD MAPPING FOR asciiword, word WITH public.stems, pg_catalog.simple;

ALTER TEXT SEARCH CONFIGURATION public.german_words ADD MAPPING FOR "float", "int" WITH pg_catalog.simple;

COMMENT ON TEXT SEARCH CONFIGURATION public.german_words IS 'stems only';

COMMENT ON TEXT SEARCH DICTIONARY public.stems IS 'german';

CREATE TABLE public.note (
    body text,
    found tsvector GENERATED ALWAYS AS (to_tsvector('public.german_words'::regconfig, body)) STORED
);
