-- Whether the options of two user mappings are the same. PostgreSQL shows them only to the role that a mapping is for: what
-- `postgres` cannot see would be created without, or called equal. They do not come out: one digest for all options of a
-- mapping does, which other clusters have other ones for, and only `postgres` itself gets it.
create or replace function pg_catalog.supabase_tasks_user_mappings()
returns table (umid pg_catalog.oid, secret pg_catalog.text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $mappings$
begin
  if session_user not in ('postgres', 'supabase_admin') then
    raise insufficient_privilege using message = 'permission denied for function supabase_tasks_user_mappings';
  end if;
  return query
    select m.oid, encode(sha256(convert_to(
      (pg_control_system()).system_identifier || ' ' || array(select o from unnest(m.umoptions) as o order by o)::text, 'UTF8'
    )), 'hex')
    from pg_user_mapping as m where m.umoptions is not null;
end
$mappings$;
