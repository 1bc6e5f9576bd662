create table public.t (id int);
grant create on schema public to service_role;
alter table public.t owner to service_role;
grant update on public.t to postgres with grant option;
grant update on public.t to authenticated;
