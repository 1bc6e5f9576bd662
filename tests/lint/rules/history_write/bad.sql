select 1;
delete from "supabase_migrations"."schema_migrations";
do $$
begin
  execute format('delete from %I.%I', 'supabase_' || 'migrations', 'x');
end $$;
set search_path = supabase_migrations, public;
