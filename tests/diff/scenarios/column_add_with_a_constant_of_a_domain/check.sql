SELECT a = 'x' AND b = 'calm' FROM public.t;
