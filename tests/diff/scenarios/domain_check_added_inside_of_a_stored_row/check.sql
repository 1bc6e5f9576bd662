select (r).d = 'c' from public.u; select d = 'a' from public.t
