SELECT (SELECT count(*) FROM public.p) = 1 AND (SELECT count(*) FROM public.late) = 1
