select array_agg(k order by id) = '{x,b}' from public.t;
select k = 'x' from public.parent
