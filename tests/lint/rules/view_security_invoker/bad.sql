create view public.v as select 1 as id;
create or replace view w with (security_barrier) as select 2 as id;
create view public.off with (security_invoker = false) as select 3 as id;
-- file: 0002_replace.sql
create view public.lost with (security_invoker) as select 1 as id;
create or replace view public.lost as select 2 as id;
