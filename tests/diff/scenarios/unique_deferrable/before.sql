create table public.t (id integer primary key, pos integer, constraint t_pos_key unique (pos));
