DO $x$ BEGIN EXECUTE format('ALTER ROLE postgres IN DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $x$;
CREATE TABLE public.t (id int PRIMARY KEY, a text, b text);
INSERT INTO public.t VALUES (1, '2026-01-01 12:00+05', '2026-01-01 12:00+05');
