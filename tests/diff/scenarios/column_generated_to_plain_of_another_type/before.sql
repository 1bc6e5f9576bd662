create table public.t (id int primary key, a int, b int generated always as (a + 1) stored, c text generated always as ('2026-01-01') stored);
create index t_b on public.t (b);
insert into public.t (id, a) values (1, 1);
