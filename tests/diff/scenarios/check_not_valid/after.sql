create table public.t (id integer primary key, n integer);
alter table public.t add constraint t_n_check check (n > 0) not valid;
