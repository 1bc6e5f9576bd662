select a_m=2 from public.b2;
