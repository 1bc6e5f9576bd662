select a = -1 from public.t;
