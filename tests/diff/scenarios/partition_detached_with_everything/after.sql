create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;
create table public.o (id int primary key);
create table public.m (id int, o int references public.o, t date) partition by range (t);
create table public.m1 (id int, o int, t date);
create trigger tr before insert on public.m for each row execute function public.f();
create index m_o on public.m (o);
