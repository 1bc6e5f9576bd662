-- rename: public.t.a:public.t.b
-- rename: public.t.b:public.t.a
CREATE TABLE public.t (id int PRIMARY KEY, a bigint, b text);
