create table public.a (id integer primary key, code text not null constraint a_code_key unique);
create table public.b (id integer primary key, code text references public.a (code));
