select b = 'q' and c = 'r' from public.t;
