-- +1 text search dictionary, ~1 text search dictionary, ~1 text search configuration
--   incompatible: what was indexed with TEXT SEARCH DICTIONARY public.plain stays as it is until it is indexed anew
--   incompatible: what was indexed with TEXT SEARCH CONFIGURATION public.words stays as it is until it is indexed anew

ALTER TEXT SEARCH DICTIONARY public.plain (accept = 'false', stopwords);

CREATE TEXT SEARCH DICTIONARY public.stems (TEMPLATE = pg_catalog.snowball, language = 'german');

ALTER TEXT SEARCH CONFIGURATION public.words DROP MAPPING FOR asciiword;

ALTER TEXT SEARCH CONFIGURATION public.words ADD MAPPING FOR url WITH public.plain;

ALTER TEXT SEARCH CONFIGURATION public.words ALTER MAPPING FOR word WITH public.stems, public.plain;
