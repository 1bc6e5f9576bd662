create table public.t (id integer primary key, a text);
create index t_a on public.t (lower(a));
alter index public.t_a alter column 1 set statistics 200;
