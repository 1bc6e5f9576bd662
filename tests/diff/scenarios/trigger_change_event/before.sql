create table public.t (id integer primary key, a text);
create function public.tf() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr before update on public.t for each row execute function public.tf();
