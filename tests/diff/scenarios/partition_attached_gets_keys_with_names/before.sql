CREATE TABLE public.r (id integer PRIMARY KEY);
CREATE TABLE public.p (
    id integer, k text, r integer CONSTRAINT to_r REFERENCES public.r,
    CONSTRAINT pu UNIQUE (id, k), CONSTRAINT pp PRIMARY KEY (id)
) PARTITION BY RANGE (id);
CREATE INDEX p_k ON public.p (k);
-- Nothing of its own; a key and an index of its own, which stay; one that goes.
CREATE TABLE public.bare (id integer NOT NULL, k text, r integer);
CREATE TABLE public.rich (id integer NOT NULL, k text, r integer, CONSTRAINT mine PRIMARY KEY (id));
CREATE INDEX rich_own ON public.rich (k);
CREATE TABLE public.lean (id integer NOT NULL, k text, r integer, CONSTRAINT goes UNIQUE (id, k));
INSERT INTO public.bare VALUES (3, 'a', NULL);
CREATE TABLE public.late (id integer, k text) PARTITION BY RANGE (id);
CREATE TABLE public.first (id integer NOT NULL, k text);
INSERT INTO public.first VALUES (3, 'a');
