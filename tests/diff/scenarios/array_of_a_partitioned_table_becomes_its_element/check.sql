select (select count(*) from public.p where a = 7) = 1;
