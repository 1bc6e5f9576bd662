create table public.t (id int);
grant service_role to postgres;
grant create on schema public to service_role;
alter table public.t owner to service_role;
