create table public.t (id integer primary key, a text);
create function public.tf() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr before insert or update of a on public.t for each row when (new.a is not null) execute function public.tf();
