create table public.t (id integer primary key);
create rule no_delete as on delete to public.t do instead nothing;
