create table public.t (id int primary key, "B x" int);
create publication pp for table public.t (id, "B x") where (id > 1);
create statistics public.st on "B x", id from public.t;
