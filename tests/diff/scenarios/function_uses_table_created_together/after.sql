create table public.t (id integer primary key, a text);
create function public.f() returns setof public.t language sql stable as $$ select * from public.t $$;
