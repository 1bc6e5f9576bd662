create table public.t (id integer primary key, tags text[] not null default '{}'::text[]);
