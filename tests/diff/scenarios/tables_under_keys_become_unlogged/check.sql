SELECT (SELECT count(*) FROM public.c_low) = 1 AND (SELECT other FROM public.one) = 1
