create table public.base (id int primary key, a bigint, b varchar(30) not null default 'y', e int default 9, check (a > 1) no inherit);
create table public.kid1 (c bigint, b varchar(30) default 'z', check (c > 0)) inherits (public.base);
create table public.kid2 (d int) inherits (public.kid1);
alter table public.kid2 alter e set default 10;
alter table public.kid2 no inherit public.kid1;
