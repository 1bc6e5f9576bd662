-- What the roles of the API, and everybody, may do with the tables, views and functions of public.
select grantee.name as role, 'table' as kind, c.oid::regclass::text as object, string_agg(acl.privilege_type, ', ') as may
from pg_catalog.pg_class c
cross join lateral aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) as acl
cross join lateral (select coalesce(pg_get_userbyid(nullif(acl.grantee, 0)), 'PUBLIC') as name) as grantee
where c.relnamespace = 'public'::regnamespace
  and c.relkind in ('r', 'p', 'v', 'm')
  and grantee.name in ('PUBLIC', 'anon', 'authenticated')
group by 1, 2, 3
union all
select grantee.name, 'function', f.oid::regprocedure::text, string_agg(acl.privilege_type, ', ')
from pg_catalog.pg_proc f
cross join lateral aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) as acl
cross join lateral (select coalesce(pg_get_userbyid(nullif(acl.grantee, 0)), 'PUBLIC') as name) as grantee
where f.pronamespace = 'public'::regnamespace and grantee.name in ('PUBLIC', 'anon', 'authenticated')
group by 1, 2, 3
order by 1, 2, 3;
