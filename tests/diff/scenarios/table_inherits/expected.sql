-- +2 tables

CREATE TABLE public.base (
    id integer NOT NULL,
    note text,
    CONSTRAINT base_pkey PRIMARY KEY (id)
);

CREATE TABLE public.child (
    extra text
) INHERITS (public.base);
