select array_agg(k::text order by id) = array['b', null] from public.t
