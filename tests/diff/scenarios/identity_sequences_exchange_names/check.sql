select max(id) = 2 from public.a;
