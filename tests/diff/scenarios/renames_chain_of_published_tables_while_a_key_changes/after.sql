-- rename: public.a:public.b
-- rename: public.b:public.c
-- rename: public.c.a_id:b_id
-- rename: public.b.name:title
create table public.b (id bigint primary key, title text);
create table public.c (id int primary key, b_id bigint references public.b (id) on delete cascade, name varchar(50));
create publication pub for table public.b (id, title), public.c where (name <> 'x');
create statistics public.st on id, name from public.c;
