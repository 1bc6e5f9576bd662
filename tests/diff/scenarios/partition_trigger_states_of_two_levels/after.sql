create table public.pt (id int, k int) partition by list (k);
create table public.pt1 partition of public.pt for values in (1) partition by range (id);
create table public.pt11 partition of public.pt1 for values from (0) to (9);
create table public.pt12 partition of public.pt1 for values from (9) to (19);
create function public.tf() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger a after insert or delete on public.pt for each row execute function public.tf();
create trigger b after update on public.pt for each row execute function public.tf();
alter table only public.pt1 enable always trigger b;
alter table public.pt12 enable replica trigger a;
