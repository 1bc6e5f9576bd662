create function public.greet() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger greet after insert on auth.users for each row execute function public.greet();
create trigger own after insert on storage.objects for each row execute function public.greet();
