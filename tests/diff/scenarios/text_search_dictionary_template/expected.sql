-- ~1 text search dictionary

DROP TEXT SEARCH CONFIGURATION public.words;

DROP TEXT SEARCH DICTIONARY public.plain;

CREATE TEXT SEARCH DICTIONARY public.plain (TEMPLATE = pg_catalog.snowball, language = 'german');

CREATE TEXT SEARCH CONFIGURATION public.words (PARSER = pg_catalog."default");

ALTER TEXT SEARCH CONFIGURATION public.words ADD MAPPING FOR word WITH public.plain;
