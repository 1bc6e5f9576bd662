create table public.event (id bigint not null, at date not null, primary key (id, at)) partition by range (at);
create table public.event_2026 partition of public.event for values from ('2026-01-01') to ('2027-01-01');
create table public.event_rest partition of public.event default;
