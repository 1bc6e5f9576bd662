-- rename: public.t.a:public.t.b
CREATE TABLE public.t (id int PRIMARY KEY, b int);
