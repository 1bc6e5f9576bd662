-- superuser
CREATE TEXT SEARCH TEMPLATE public.plain (INIT = dsimple_init, LEXIZE = dsimple_lexize);
COMMENT ON TEXT SEARCH TEMPLATE public.plain IS 'plain';
CREATE TEXT SEARCH DICTIONARY public.dict (TEMPLATE = public.plain);
CREATE TEXT SEARCH CONFIGURATION public.conf (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION public.conf ALTER MAPPING FOR asciiword WITH public.dict;
