create table public.t (id integer primary key, kind varchar(10), constraint t_kind_check check (kind in ('a', 'b')));
