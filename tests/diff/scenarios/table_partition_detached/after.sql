create table public.event (id bigint not null, at date not null) partition by range (at);
create table public.event_2026 (id bigint not null, at date not null);
