select count(at) = 1 from public.t;
