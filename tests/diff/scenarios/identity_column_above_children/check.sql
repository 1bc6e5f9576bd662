select array_agg("Nr" order by "Nr") = '{10,15,20,25}' and count(distinct k) = 4 from public.parent
