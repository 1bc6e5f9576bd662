-- +2 casts

CREATE CAST (public.mood AS integer) WITH FUNCTION public.weight(public.mood) AS ASSIGNMENT;

COMMENT ON CAST (public.mood AS integer) IS 'its weight';

CREATE CAST (text AS public.mood) WITH INOUT AS IMPLICIT;
