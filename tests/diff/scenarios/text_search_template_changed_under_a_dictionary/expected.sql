-- ~1 text search template, ~1 text search dictionary

DROP TEXT SEARCH CONFIGURATION public.conf;

DROP TEXT SEARCH DICTIONARY public.dict;

DROP TEXT SEARCH TEMPLATE public.plain;

CREATE TEXT SEARCH TEMPLATE public.plain (INIT = dispell_init, LEXIZE = dispell_lexize);

CREATE TEXT SEARCH DICTIONARY public.dict (TEMPLATE = public.plain, dictfile = 'ispell_sample', afffile = 'ispell_sample');

CREATE TEXT SEARCH CONFIGURATION public.conf (PARSER = pg_catalog."default");

ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR asciihword, email, file, "float", host, hword, hword_asciipart, hword_numpart, hword_part, "int", numhword, numword, sfloat, uint, url, url_path, version, word WITH pg_catalog.simple;

ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR asciiword WITH public.dict;
