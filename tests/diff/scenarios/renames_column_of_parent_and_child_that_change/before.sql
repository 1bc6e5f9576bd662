create table public.par (id int primary key, a int, b text);
create table public.child (c int) inherits (public.par);
create rule r as on insert to public.par where new.a < 0 do instead nothing;
create view public.v as select p.id, p.a from public.par p;
insert into public.child values (1, 2, 'x', 3);
