create table public.t (id integer primary key, code text not null constraint t_code_key unique);
