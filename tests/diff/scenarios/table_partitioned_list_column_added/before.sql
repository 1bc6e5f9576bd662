create table public.event (id bigint not null, kind text not null) partition by list (kind);
create table public.event_a partition of public.event for values in ('a');
