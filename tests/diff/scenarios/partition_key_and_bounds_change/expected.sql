-- +1 column, ~4 tables, ~1 index
--   data loss: table public.x14 is dropped with its rows
--   data loss: table public.x14_a is dropped with its rows
--   data loss: table public.y is dropped with its rows
--   data loss: table public.y_a is dropped with its rows

DROP TABLE public.x14;

DROP TABLE public.y;

CREATE TABLE public.x14 (
    id integer,
    c double precision
) PARTITION BY LIST (c);

CREATE INDEX x14_id ON public.x14 (id);

CREATE TABLE public.x14_a PARTITION OF public.x14 DEFAULT;

CREATE TABLE public.y (
    id integer NOT NULL,
    d date NOT NULL DEFAULT now(),
    e text,
    CONSTRAINT y_pkey PRIMARY KEY (id, d)
) PARTITION BY LIST (id);

CREATE TABLE public.y_a PARTITION OF public.y DEFAULT;

CREATE INDEX y_a_d ON public.y_a (d, e);
