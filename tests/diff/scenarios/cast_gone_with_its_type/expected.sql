-- −1 enum, −2 functions, −1 cast
--   incompatible: code that calls public.heavier(public.mood) breaks
--   incompatible: code that uses CAST (public.mood AS integer) breaks
--   incompatible: code that calls public.weight(public.mood) breaks

DROP FUNCTION public.heavier(public.mood);

DROP CAST (public.mood AS integer);

DROP FUNCTION public.weight(public.mood);

DROP TYPE public.mood;
