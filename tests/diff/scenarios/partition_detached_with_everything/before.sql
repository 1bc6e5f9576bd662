create function public.f() returns trigger language plpgsql as $$ begin return new; end $$;
create table public.o (id int primary key);
create table public.m (id int, o int references public.o, t date) partition by range (t);
create table public.m1 partition of public.m for values from ('2020-01-01') to ('2021-01-01');
create trigger tr before insert on public.m for each row execute function public.f();
create index m_o on public.m (o);
insert into public.o values (1); insert into public.m values (1, 1, '2020-05-05');
