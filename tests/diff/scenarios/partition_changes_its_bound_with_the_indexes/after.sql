create table public.r (at date not null, v int, w text) partition by range (at);
create table public.r2 partition of public.r for values from ('2026-02-01') to ('2026-04-01');
create index on public.r (v desc);
