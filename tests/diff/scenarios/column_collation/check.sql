select array_agg(s) = '{x}' from public.t;
