DO $x$ BEGIN EXECUTE format('ALTER ROLE postgres IN DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $x$;
CREATE TABLE public.t (id int PRIMARY KEY, a timestamptz, b timestamptz, c date, d text, e timestamp, f tstzrange);
INSERT INTO public.t VALUES (1, '2026-01-01 20:00+00', '2026-01-01 20:00+00', '2026-01-01', '2026-01-01 20:00', '2026-01-01 20:00', '[2026-01-01 20:00+00,)');
