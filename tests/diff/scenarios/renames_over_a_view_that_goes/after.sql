-- rename: public.a:public.b
CREATE TABLE public.b (id int);
