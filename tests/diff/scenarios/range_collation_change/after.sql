create type public.trange as range (subtype = text, collation = "POSIX");
create table public.t (id int primary key, r public.trange, m public.tmultirange);
