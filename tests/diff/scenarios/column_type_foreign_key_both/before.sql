create table public.a (id integer primary key);
create table public.b (id integer primary key, a_id integer references public.a (id));
insert into public.a values (1); insert into public.b values (1, 1);
