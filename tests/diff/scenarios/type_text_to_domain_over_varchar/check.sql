SELECT a = 'abc' AND b::text = '{ab}' AND c = 'x' FROM public.t;
