-- +1 domain, +1 table

CREATE DOMAIN public.slug AS text
    CONSTRAINT slug_format CHECK (VALUE ~ '^[a-z-]+$'::text);

CREATE TABLE public.t (
    id integer NOT NULL,
    slug public.slug NOT NULL,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);
