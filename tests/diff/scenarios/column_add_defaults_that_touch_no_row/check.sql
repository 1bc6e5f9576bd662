SELECT b IS NOT NULL AND c = 'x(' AND d = '{1,2}' FROM public.t;
