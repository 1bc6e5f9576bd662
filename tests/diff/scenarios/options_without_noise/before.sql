create table public.t (id int generated always as identity (start 5 cache 3), n int);
create rule r as on insert to public.t where new.n = 1 do also delete from public.t where id = 0;
alter table public.t disable rule r;
create sequence public.s cache 5 cycle;
