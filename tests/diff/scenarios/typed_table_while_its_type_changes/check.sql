SELECT (SELECT count(*) FROM public.t WHERE a = 1 AND b = 'a') = 1 AND (SELECT a FROM public.leaves) = 7 AND (SELECT a FROM public.joins) = 8 AND (SELECT a FROM public.other) = 9
