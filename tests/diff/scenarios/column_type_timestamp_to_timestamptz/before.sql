create table public.t (id integer primary key, at timestamp);
insert into public.t values (1, '2026-01-01 00:00:00');
