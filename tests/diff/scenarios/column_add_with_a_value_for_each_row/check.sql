SELECT bool_and(slug = lower(title)) AND count(DISTINCT token) = 2 FROM public.t;
