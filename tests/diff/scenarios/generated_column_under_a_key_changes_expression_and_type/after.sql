create table public.g (id int primary key, a int, s bigint generated always as (a + 1::bigint) stored);
create index g_s on public.g (s); alter table public.g add constraint s_u unique (s);
create table public.h (id int primary key, s bigint references public.g (s));
create view public.gv as select s from public.g;
create policy gp on public.g using (s > 0);
