create type public.addr as (a int, b int, c text);
create table public.t (id int primary key, a public.addr);
insert into public.t values (1, row(1,2,'3'));
