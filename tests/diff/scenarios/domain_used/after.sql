create domain public.slug as text constraint slug_format check (value ~ '^[a-z-]+$');
create table public.t (id integer primary key, slug public.slug not null);
