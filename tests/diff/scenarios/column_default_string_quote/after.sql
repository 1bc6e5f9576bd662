create table public.t (id integer primary key, s text default 'it''s; -- not a comment');
