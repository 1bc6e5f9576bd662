select array_agg(n) = '{7,7}' from public.t;
select b = 'x' from public.bare;
select b = 'x' from app.s;
select b = 'x' from public.parts
