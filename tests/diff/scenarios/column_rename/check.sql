select title = 'x' from public.t;
