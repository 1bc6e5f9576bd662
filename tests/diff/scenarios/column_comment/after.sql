create table public.t (id integer primary key, body text);
comment on column public.t.body is 'the text';
