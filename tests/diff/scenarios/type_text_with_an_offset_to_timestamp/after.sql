CREATE TABLE public.t (id int PRIMARY KEY, a timestamp, b timestamptz);
