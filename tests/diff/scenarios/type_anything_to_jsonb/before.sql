CREATE TYPE public.mood AS ENUM ('calm');
CREATE TABLE public.t (id int PRIMARY KEY, a uuid, b date, c int[], d numeric, e public.mood, f int4range, g timestamptz);
INSERT INTO public.t VALUES (1, '00000000-0000-0000-0000-000000000001', '2026-01-01', '{1,NULL}', 1.50, 'calm', '[1,5)', '2026-01-01 20:00+00');
