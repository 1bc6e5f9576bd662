create table public.node (id integer primary key, parent_id integer references public.node (id) on delete set null);
