CREATE TABLE public.a (id int PRIMARY KEY, n int UNIQUE);
CREATE TABLE public.b (id int PRIMARY KEY, a_n int REFERENCES public.a(n));
INSERT INTO public.a VALUES (1,2);
INSERT INTO public.b VALUES (1,2);
