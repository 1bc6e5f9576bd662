create table public.t (id integer primary key);
comment on table public.t is 'old';
