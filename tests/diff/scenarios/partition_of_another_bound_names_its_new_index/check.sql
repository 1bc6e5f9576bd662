select count(*) = 1 from public.p;
