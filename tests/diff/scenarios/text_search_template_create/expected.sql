-- +1 text search template, +1 text search dictionary, +1 text search configuration

CREATE TEXT SEARCH TEMPLATE public.plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);

CREATE TEXT SEARCH DICTIONARY public.dict (TEMPLATE = public.plain);

CREATE TEXT SEARCH CONFIGURATION public.conf (PARSER = pg_catalog."default");

ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR asciihword, email, file, "float", host, hword, hword_asciipart, hword_numpart, hword_part, "int", numhword, numword, sfloat, uint, url, url_path, version, word WITH pg_catalog.simple;

ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR asciiword WITH public.dict;

COMMENT ON TEXT SEARCH TEMPLATE public.plain IS 'plain';
