DO $x$ BEGIN EXECUTE format('ALTER ROLE postgres IN DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $x$;
CREATE TABLE public.t (id int PRIMARY KEY, a varchar(5), b varchar(5), c timestamp, d numeric(5,2), e timestamp(3), f cidr, g bit(3), h varchar(5)[]);
INSERT INTO public.t VALUES (1, 'a', 'b', '2026-01-01 12:00', 1.25, '2026-01-01 12:00:00.5', '10.0.0.0/8', '101', '{a}');
