create table public.t (id int primary key, a int, "B x" int);
create statistics public.st on a, "B x", id from public.t;
create publication pp for table public.t (id, a, "B x") where (id > 1);
