select string_agg(k::text || n, ' ' order by id) = '{a}b {b}b' from public.t; select n = 'b' from public.p
