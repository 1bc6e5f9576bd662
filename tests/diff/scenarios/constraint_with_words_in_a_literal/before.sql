CREATE TABLE public.t (a text, b int4range);
