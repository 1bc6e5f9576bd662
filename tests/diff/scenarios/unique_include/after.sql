create table public.t (id integer primary key, code text, note text, constraint t_code_key unique (code) include (note));
