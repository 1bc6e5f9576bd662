create table public.t (id integer primary key, code text, constraint t_code_key unique (code));
