select (c).since = '2019-12-31 22:00' and (cs[1]).since = '2019-12-31 22:00' and (c).n = 1 from public.t where id = 1;
select c is null and cs is null from public.t where id = 2;
