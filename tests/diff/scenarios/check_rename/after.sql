-- rename: constraint:public.t.c1:public.t.t_n_positive
create table public.t (id integer primary key, n integer, constraint t_n_positive check (n > 0));
