create table public.t (id integer primary key);
create view public.v with (security_barrier = true) as select id from public.t where id > 0 with local check option;
