create table public.t (id serial primary key, x text, parent int references public.t (id));
create table public.u (id int primary key, t_id int references public.t (id));
create view public.v as select id, x from public.t;
create function public.tg() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger trg before insert on public.t for each row execute function public.tg();
create index t_x on public.t (x);
grant select on public.t to anon;
comment on table public.t is 'c';
insert into public.t (x) values ('q'); insert into public.u values (1, 1);
