-- Row level security for every new table of public, also for those that are made by hand in the dashboard.
-- Copy it into a migration (`inv schema-generate --custom --name ensure_rls`) when the dashboard is used to make tables.
create or replace function private.ensure_rls() returns event_trigger
  language plpgsql
  set search_path = ''
as $$
declare
  made record;
begin
  for made in
    select objid, object_identity
    from pg_event_trigger_ddl_commands()
    where command_tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO') and schema_name = 'public'
  loop
    execute format('alter table %s enable row level security', made.object_identity);
  end loop;
end
$$;

create event trigger ensure_rls on ddl_command_end
  when tag in ('CREATE TABLE', 'CREATE TABLE AS', 'SELECT INTO')
  execute function private.ensure_rls();
