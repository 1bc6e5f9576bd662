create type public.r as range (subtype = timestamp);
create table public.t (id int, r public.r, m public.r_multirange[]);
insert into public.t values (1, '[2026-01-01 10:00,2026-01-02 00:00)', array['{[2026-01-01 10:00,)}'::public.r_multirange]);
