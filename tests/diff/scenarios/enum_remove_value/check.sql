select array_agg(mood::text order by id) = '{sad,ok}' from public.t;
