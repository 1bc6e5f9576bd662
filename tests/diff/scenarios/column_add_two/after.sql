create table public.t (id integer primary key, a text, b jsonb not null default '{}'::jsonb);
