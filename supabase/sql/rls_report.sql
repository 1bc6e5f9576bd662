-- Tables of public without row level security, or with it and without a policy (then nobody but the backend sees a row).
select
  c.oid::regclass as table,
  c.relrowsecurity as row_level_security,
  count(p.oid) as policies
from pg_catalog.pg_class c
left join pg_catalog.pg_policy p on p.polrelid = c.oid
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
group by c.oid, c.relrowsecurity
having not c.relrowsecurity or count(p.oid) = 0
order by 2, 1;
