create table public.t (id int, k text, added uuid);
