CREATE TABLE public.t (id int PRIMARY KEY, a jsonb, b jsonb);
