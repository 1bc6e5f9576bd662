-- +1 table, +1 index

CREATE TABLE public.doc (
    id integer NOT NULL,
    body text NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('english'::regconfig, body)) STORED,
    CONSTRAINT doc_pkey PRIMARY KEY (id)
);

CREATE INDEX doc_search ON public.doc USING gin (search);
