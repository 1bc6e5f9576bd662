-- ~1 text search parser
--   incompatible: code that uses public.t.v breaks
--   rewrite: public.t is rewritten: every row gets its own value of v

SET lock_timeout = '5s';

ALTER TABLE public.t DROP COLUMN v;

DROP TEXT SEARCH CONFIGURATION public.conf;

DROP TEXT SEARCH PARSER public.words;

CREATE TEXT SEARCH PARSER public.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, HEADLINE = prsd_headline, LEXTYPES = prsd_lextype);

CREATE TEXT SEARCH CONFIGURATION public.conf (PARSER = public.words);

ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR asciiword WITH pg_catalog.simple;

ALTER TABLE public.t ADD COLUMN v tsvector GENERATED ALWAYS AS (to_tsvector('public.conf'::regconfig, s)) STORED;
