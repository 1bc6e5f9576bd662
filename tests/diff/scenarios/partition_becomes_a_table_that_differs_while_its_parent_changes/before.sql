create table public.reading (at date not null, v int, primary key (at)) partition by range (at);
create table public.reading_jan partition of public.reading for values from ('2026-01-01') to ('2026-02-01');
create table public.reading_feb partition of public.reading for values from ('2026-02-01') to ('2026-03-01');
create index reading_v on public.reading (v);
insert into public.reading values ('2026-01-05', 1), ('2026-02-05', 2);
