create table public.t (id integer primary key, title text not null);
