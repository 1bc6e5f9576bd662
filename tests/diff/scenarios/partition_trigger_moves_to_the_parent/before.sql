create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;
create table public.m (id int, t date) partition by range (t);
create table public.m1 partition of public.m default;
create trigger tr before insert on public.m1 for each row execute function public.f();
create trigger other before update on public.m for each row execute function public.f();
