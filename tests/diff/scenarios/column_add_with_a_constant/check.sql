SELECT bool_and(state = 'new' AND tags = '{a}') FROM public.t;
