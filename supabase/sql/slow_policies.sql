-- Policies that call auth.uid(), auth.jwt() or auth.role() outside a subquery: PostgreSQL then calls it for every row.
select schemaname, tablename, policyname, coalesce(qual, with_check) as condition
from pg_catalog.pg_policies
where concat(qual, ' ', with_check) ~ 'auth\.(uid|jwt|role|email)\(\)'
  and concat(qual, ' ', with_check) !~* 'select \(?auth\.(uid|jwt|role|email)\(\)'
order by 1, 2, 3;
