CREATE TABLE public.t (id int PRIMARY KEY, a int, b bit(32), c varbit);
