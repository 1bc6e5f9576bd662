revoke usage on schema public from public;
grant create on schema public to service_role;
create table public.t (id int primary key);
comment on schema public is 'ours';
