select array_agg(k || ' ' || n order by id) = '{1 5.00,2 6.00}' from public.t;
select k = '1' from public.parts
