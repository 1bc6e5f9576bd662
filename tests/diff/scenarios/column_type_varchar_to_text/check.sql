select s = 'abc' from public.t;
