create table public.t (id integer primary key, code text not null);
