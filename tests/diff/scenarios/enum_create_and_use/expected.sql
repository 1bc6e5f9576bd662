-- +1 enum, +1 table

CREATE TYPE public.mood AS ENUM ('sad', 'ok', 'happy');

CREATE TABLE public.t (
    id integer NOT NULL,
    mood public.mood NOT NULL DEFAULT 'ok'::public.mood,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);
