create function public.ok(n integer) returns boolean language sql immutable as $$ select n > 0 $$;
create table public.t (id integer primary key, n integer, constraint t_ok check (public.ok(n)));
