select s = 12 from public.t;
