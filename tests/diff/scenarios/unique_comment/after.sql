create table public.t (id integer primary key, code text, constraint t_code_key unique (code));
comment on constraint t_code_key on public.t is 'one code each';
