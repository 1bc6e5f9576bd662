create table public.a (id int primary key, name text);
create table public.b (id int primary key, a_id int references public.a (id), name text);
create publication pub for table public.a (id, name), public.b where (name <> '');
create statistics public.st on id, name from public.b;
insert into public.a values (1,'q'); insert into public.b values (1,1,'r');
