create table public.t (id integer primary key, n integer, constraint t_n_check check (n >= 0 and n < 1000));
