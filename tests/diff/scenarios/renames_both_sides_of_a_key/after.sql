-- rename: public.a:public.a2
-- rename: public.b:public.b2
-- rename: public.a.n:public.a.m
-- rename: public.b.a_n:public.b.a_m
CREATE TABLE public.a2 (id int PRIMARY KEY, m bigint UNIQUE);
CREATE TABLE public.b2 (id int PRIMARY KEY, a_m bigint NOT NULL REFERENCES public.a2(m));
