select array_agg(t.n) = '{5}' from public.t;
