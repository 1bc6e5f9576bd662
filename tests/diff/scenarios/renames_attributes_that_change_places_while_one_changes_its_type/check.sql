SELECT (a).b = 1 AND (a).a = 2 AND (a).d = '3' FROM public.t;
