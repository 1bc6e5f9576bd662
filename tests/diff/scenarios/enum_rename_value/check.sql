select array_agg(mood::text order by id) = '{ok,happy}' from public.t;
