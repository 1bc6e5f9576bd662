alter schema public owner to postgres;
grant usage on schema public to postgres;
create table public.t (id int primary key);
comment on schema public is 'ours';
