SELECT (a).road = 's' AND (b[1]).road = 's' FROM public.t;
