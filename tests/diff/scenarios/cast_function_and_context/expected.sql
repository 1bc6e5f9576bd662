-- ~2 casts

DROP CAST (public.mood AS integer);

DROP CAST (text AS public.mood);

CREATE CAST (public.mood AS integer) WITH FUNCTION public.heavier(public.mood);

CREATE CAST (text AS public.mood) WITH INOUT AS ASSIGNMENT;
