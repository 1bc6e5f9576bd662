CREATE TABLE public.there (id integer PRIMARY KEY, a integer NOT NULL);
