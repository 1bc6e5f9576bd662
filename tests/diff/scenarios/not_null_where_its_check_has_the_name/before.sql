CREATE TABLE public.t (a int, CONSTRAINT t_a_not_null CHECK (a > 1));
