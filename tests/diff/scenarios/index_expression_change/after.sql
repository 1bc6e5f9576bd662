create table public.t (id integer primary key, email text);
create index t_email on public.t (upper(email));
