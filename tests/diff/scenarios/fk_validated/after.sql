create table public.a (id integer primary key);
create table public.b (id integer primary key, a_id integer);
alter table public.b add constraint b_a_id_fkey foreign key (a_id) references public.a (id);
