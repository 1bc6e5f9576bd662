SELECT a = 5 AND b = 5::bit(32) AND c = 1::bit(32) FROM public.t;
