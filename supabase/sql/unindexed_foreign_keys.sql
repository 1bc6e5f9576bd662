-- Foreign keys whose columns no index begins with: deleting a referenced row then reads the whole table.
select k.conrelid::regclass as table, k.conname as foreign_key
from pg_catalog.pg_constraint k
where k.contype = 'f'
  and k.connamespace = 'public'::regnamespace
  and not exists (
    select from pg_catalog.pg_index i
    where i.indrelid = k.conrelid
      and i.indpred is null
      and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
  )
order by 1, 2;
