create table public.kept (a int);
