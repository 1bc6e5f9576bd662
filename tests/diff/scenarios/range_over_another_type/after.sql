create type public.r as range (subtype = timestamptz);
create table public.t (id int, r public.r, m public.r_multirange[]);
