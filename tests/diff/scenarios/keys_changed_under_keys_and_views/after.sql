create table public.a (id int, k int, constraint a_pk2 unique (k), constraint a_id primary key (id) include (k));
create table public.b (id int primary key, a int constraint b_a references public.a (id), k int constraint b_k references public.a (k) on update cascade);
create view public.av as select id, k, count(*) as n from public.a group by id;
create materialized view public.mav as select k, n from public.av;
create policy x on public.b using (exists (select from public.av where av.id = b.a));
alter table public.b enable row level security;
