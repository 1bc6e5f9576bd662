CREATE TABLE public.t (id serial primary key, n text);
INSERT INTO public.t (n) VALUES ('x'), ('y');
