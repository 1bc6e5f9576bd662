select count(*) = 1 from public.m1;
