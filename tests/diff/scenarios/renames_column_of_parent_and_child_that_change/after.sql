-- rename: public.par.a:amount
-- rename: public.child:public.kid
-- rename: public.kid.c:extra
create table public.par (id int primary key, amount bigint, b varchar(10));
create table public.kid (extra numeric, constraint pos check (extra > 0)) inherits (public.par);
create rule r as on insert to public.par where new.amount < 1 do instead nothing;
create view public.v as select p.id, p.amount, p.b from public.par p;
