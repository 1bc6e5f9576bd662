select id = 41 from public.t;
with added as (insert into public.t default values returning id) select id > 41 from added;
