create table public.t (id int primary key, a int);
create table public.u (id int primary key, a int);
create view public.v as select * from public.t where a > 1 and (id > 1 or a > 3);
create rule r as on update to public.v do instead (update public.t set a = new.a where (id > 1 and (a > 1 and id > 3)));
create rule r2 as on insert to public.t where (new.a > 1 and new.id > 3) and new.a < 10 do also insert into public.u values (new.id, new.a);
