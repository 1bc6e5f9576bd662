create table public.pt (id int, k int) partition by list (k);
create table public.pt1 partition of public.pt for values in (1) partition by range (id);
create table public.pt11 partition of public.pt1 for values from (0) to (9);
create function public.tf() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger a after insert on public.pt for each row execute function public.tf();
create trigger b after update on public.pt for each row execute function public.tf();
alter table public.pt11 disable trigger a;
