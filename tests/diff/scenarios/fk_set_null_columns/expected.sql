-- +2 tables

CREATE TABLE public.a (
    x integer NOT NULL,
    y integer NOT NULL,
    CONSTRAINT a_pkey PRIMARY KEY (x, y)
);

CREATE TABLE public.b (
    id integer NOT NULL,
    x integer NOT NULL,
    y integer,
    CONSTRAINT b_pkey PRIMARY KEY (id),
    CONSTRAINT b_fk FOREIGN KEY (x, y) REFERENCES public.a(x, y) ON DELETE SET NULL (y)
);
