create table public.m (d date not null, v bigint, unit text not null default 'kg', constraint pos check (v > 0), constraint unit_ok check (unit <> '')) partition by range (d);
create index m_v on public.m (v);
create index m_u on public.m (unit);
create table public.m1 (d date not null, v int, gone text);
create table public.m2 partition of public.m for values from ('2021-01-01') to ('2022-01-01');
create table public.m3 partition of public.m for values from ('2022-01-01') to ('2024-01-01');
