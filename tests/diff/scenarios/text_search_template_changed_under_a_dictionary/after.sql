-- superuser
CREATE TEXT SEARCH TEMPLATE public.plain (INIT = dispell_init, LEXIZE = dispell_lexize);
CREATE TEXT SEARCH DICTIONARY public.dict (TEMPLATE = public.plain, DictFile = ispell_sample, AffFile = ispell_sample);
CREATE TEXT SEARCH CONFIGURATION public.conf (COPY = simple);
ALTER TEXT SEARCH CONFIGURATION public.conf ALTER MAPPING FOR asciiword WITH public.dict;
