CREATE TABLE public.t (id int PRIMARY KEY, a varchar(9), b int, c text[], d uuid, e date);
INSERT INTO public.t VALUES (1, 'x', 5, '{q,NULL}', '00000000-0000-0000-0000-000000000001', '2026-01-01');
