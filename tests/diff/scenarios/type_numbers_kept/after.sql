CREATE TABLE public.t (id int PRIMARY KEY, a numeric, b bigint, c numeric(3,1), d boolean, e numeric, f int);
