create table public.staging as select 1 as id;
alter table public.staging enable row level security;
truncate public.staging;
create function f() returns void language sql as $$ truncate public.scenes $$;
