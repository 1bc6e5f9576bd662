-- rename: public.t.a:public.t.b
-- rename: public.t.b:public.t.c
CREATE TABLE public.t (id int PRIMARY KEY, b int, c int);
