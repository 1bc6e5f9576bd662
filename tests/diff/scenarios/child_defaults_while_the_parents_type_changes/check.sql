SELECT (SELECT k FROM public.p) = 7 AND (SELECT k FROM public.c) = 8
