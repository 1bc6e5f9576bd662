select count(*) = 2 from public.t;
with added as (insert into public.t (note) values ('c') returning id) select id = 3 from added;
