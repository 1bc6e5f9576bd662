create extension citext with schema extensions;
create table public.t (id integer primary key, email extensions.citext not null unique);
