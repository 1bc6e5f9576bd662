select count(*) = 2 from public.t; select count(*) = 1 from public.u where p = 1;
