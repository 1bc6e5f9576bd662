select a = 1 from public.v;
