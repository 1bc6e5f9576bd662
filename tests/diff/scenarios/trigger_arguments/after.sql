create table public.t (id integer primary key);
create function public.tf() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr after insert on public.t for each row execute function public.tf('b', 'it''s');
