create table public.t (id integer primary key);
create view public.v as select id from public.t;
create function public.vf() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger v_ins instead of insert on public.v for each row execute function public.vf();
