SELECT (p).a = 1 AND (p).b = 2 FROM public.t;
