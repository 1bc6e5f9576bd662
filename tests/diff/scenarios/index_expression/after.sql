create table public.t (id integer primary key, email text);
create unique index t_email_lower on public.t (lower(email));
