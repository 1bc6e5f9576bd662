create table public.event (id bigint not null, at date not null) partition by range (at);
create table public.event_2026 partition of public.event for values from ('2026-01-01') to ('2027-01-01');
create table public.event_2027 partition of public.event for values from ('2027-01-01') to ('2028-01-01');
