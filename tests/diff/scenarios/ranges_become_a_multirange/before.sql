create type public.r5 as range (subtype = bigint);
create table public.t9 (id int primary key, k7 public.r5[] default '{}', one public.r5);
insert into public.t9 (id, k7, one) values (1, null, '[3,4)');
