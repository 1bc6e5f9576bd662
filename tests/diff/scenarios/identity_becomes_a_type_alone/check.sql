select array_agg(k order by id) = '{1,2}' from public.t
