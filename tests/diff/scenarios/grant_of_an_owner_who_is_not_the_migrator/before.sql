create table public.t (id int);
grant select on public.t to anon with grant option;
grant insert on public.t to service_role;
grant service_role to postgres;
grant create on schema public to service_role;
alter table public.t owner to service_role;
