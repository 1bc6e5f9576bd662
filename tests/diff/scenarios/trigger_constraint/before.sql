create table public.t (id integer primary key);
create function public.tf() returns trigger language plpgsql as $$ begin return new; end $$;
