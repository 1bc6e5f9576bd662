create function public.tf() returns trigger language plpgsql as $$ begin return new; end $$;
create table public.t (id integer primary key, a bigint);
create trigger tr before update of a on public.t for each row execute function public.tf();
