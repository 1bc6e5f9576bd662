create table public.t (id integer primary key);
create function public.f1() returns trigger language plpgsql as $$ begin return new; end $$;
create function public.f2() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger tr after insert on public.t for each row execute function public.f2();
