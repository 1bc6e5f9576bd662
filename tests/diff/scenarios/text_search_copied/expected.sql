-- +1 text search configuration

CREATE TEXT SEARCH CONFIGURATION public.copied (PARSER = pg_catalog."default");

ALTER TEXT SEARCH CONFIGURATION public.copied ADD MAPPING FOR asciihword, asciiword, hword, hword_asciipart, hword_part, word WITH pg_catalog.english_stem;

ALTER TEXT SEARCH CONFIGURATION public.copied ADD MAPPING FOR email, file, "float", host, hword_numpart, "int", numhword, numword, sfloat, uint, url, url_path, version WITH pg_catalog.simple;
