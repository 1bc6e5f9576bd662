CREATE TABLE public.z (id integer PRIMARY KEY);
CREATE PUBLICATION feed FOR TABLE public.z;
