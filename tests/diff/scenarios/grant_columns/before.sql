create table public.t (id integer primary key, a text, secret text);
