select a_id = 1 from public.b;
