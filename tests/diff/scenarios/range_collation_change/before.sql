create type public.trange as range (subtype = text, collation = "C");
create table public.t (id int primary key, r public.trange, m public.tmultirange);
insert into public.t values (1, '[a,b)', '{[a,b)}');
