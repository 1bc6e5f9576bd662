create table public.m (d date not null, v int, gone text, constraint pos check (v > 0)) partition by range (d);
create index m_v on public.m (v);
create table public.m1 partition of public.m for values from ('2020-01-01') to ('2021-01-01');
create table public.m2 (d date not null, v int);
create table public.m3 partition of public.m for values from ('2022-01-01') to ('2023-01-01');
insert into public.m values ('2020-02-02', 1, 'x'), ('2022-02-02', 3, 'z');
insert into public.m2 values ('2021-02-02', 2);
