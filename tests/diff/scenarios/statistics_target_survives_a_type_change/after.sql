create type public.mood as enum ('b', 'a');
create table public.t (id int, k public.mood, n bigint);
insert into public.t values (1, 'b', 1), (2, null, 2);
create statistics public.s on id, k from public.t;
alter statistics public.s set statistics 50;
create statistics public.e on (k is null), n from public.t;
alter statistics public.e set statistics 0;
