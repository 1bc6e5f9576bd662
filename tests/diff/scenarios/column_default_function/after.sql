create function public.next_code() returns text language sql as $$ select 'x'::text $$;
create table public.t (id integer primary key, code text default public.next_code());
