create table public.t (id int primary key, a int, b text);
create publication pub for table public.t (id, a) where (a > 1) with (publish = 'insert');
create trigger tr before update of a on public.t for each row execute function suppress_redundant_updates_trigger();
