create table public.reading (at date not null, v bigint, unit text not null default 'm', primary key (at)) partition by range (at);
create table public.reading_feb partition of public.reading for values from ('2026-02-01') to ('2026-03-01');
create table public.reading_jan (at date not null, v int, extra text, primary key (at));
create index reading_v on public.reading (v, unit);
create index jan_v on public.reading_jan (v);
