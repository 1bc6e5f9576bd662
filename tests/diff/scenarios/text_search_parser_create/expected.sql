-- +1 text search parser, +1 text search configuration, +1 table

CREATE TEXT SEARCH PARSER public.words (START = prsd_start, GETTOKEN = prsd_nexttoken, END = prsd_end, LEXTYPES = prsd_lextype);

CREATE TEXT SEARCH CONFIGURATION public.conf (PARSER = public.words);

ALTER TEXT SEARCH CONFIGURATION public.conf ADD MAPPING FOR asciiword WITH pg_catalog.simple;

COMMENT ON TEXT SEARCH PARSER public.words IS 'words';

CREATE TABLE public.t (
    s text,
    v tsvector GENERATED ALWAYS AS (to_tsvector('public.conf'::regconfig, s)) STORED
);
