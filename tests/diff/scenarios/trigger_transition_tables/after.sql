create table public.t (id integer primary key);
create function public.tf() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger tr after insert on public.t referencing new table as added for each statement execute function public.tf();
