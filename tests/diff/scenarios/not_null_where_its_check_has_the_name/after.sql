CREATE TABLE public.t (a int NOT NULL, CONSTRAINT t_a_not_null CHECK (a > 1));
