-- What supautils does on hosted Supabase, for one statement that our own process has parsed and signed (`elevation`, `signing`).
--
-- The key lies in the data folder, which only the server and its owner read. Nothing here may call what a guest has made: event
-- triggers are off, every name before the caller's search path is back means pg_catalog, and a validator, the one function that
-- such a statement calls, must not be a guest's. Ownership is written to the catalog, because PostgreSQL lets only superusers
-- own these objects (ALTER … OWNER TO) and `postgres` must never be one, in no transaction.
create or replace function pg_catalog.supabase_tasks_lift(
  p_statement pg_catalog.text,
  p_adopts pg_catalog.text,
  p_wrapper pg_catalog.text,
  p_validator pg_catalog.text,
  p_signature pg_catalog.text
) returns pg_catalog.void language plpgsql security definer as $lift$
declare
  v_path pg_catalog.text := pg_catalog.current_setting('search_path');
  v_lifted_path pg_catalog.text;
  v_validator pg_catalog.oid;
  v_known pg_catalog._oid;
begin
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  if session_user not in ('postgres', '~restorer') or p_signature is distinct from encode(sha256(
    pg_read_binary_file('supabase-tasks.key') || sha256(convert_to(p_statement, 'UTF8'::name))
    || sha256(convert_to(p_adopts, 'UTF8'::name)) || sha256(convert_to(p_wrapper, 'UTF8'::name)) || sha256(convert_to(p_validator, 'UTF8'::name))
  ), 'hex') then
    raise insufficient_privilege using message = 'permission denied for function supabase_tasks_lift';
  end if;
  -- Before 17 these fire in spite of session_replication_role, and there is no other way to silence them.
  if current_setting('server_version_num')::int4 < 170000
    and exists (select from pg_event_trigger where evtenabled in ('A', 'R')) then
    raise insufficient_privilege using message = 'permission denied while an event trigger is enabled ALWAYS or REPLICA';
  end if;
  -- `"$user"` is the caller, not the owner of this function.
  v_lifted_path := replace(v_path, '"$user"', 'postgres');
  if p_validator <> '' then
    perform set_config('search_path', v_lifted_path, true);
    v_validator := pg_catalog.to_regprocedure(p_validator operator(pg_catalog.||) '(pg_catalog.text[], pg_catalog.oid)');
    perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  end if;
  if exists (
    select from pg_proc p join pg_language l on l.oid = p.prolang join pg_authid o on o.oid = p.proowner
    where (p.oid = v_validator or p.oid in (select fdwvalidator from pg_foreign_data_wrapper where fdwname = p_wrapper))
      and l.lanname not in ('c', 'internal') and not (o.rolsuper and exists (
        select from unnest(p.proconfig) as settings (setting) where setting like 'search\_path=%pg\_temp'
      ))
  ) then
    raise insufficient_privilege using message = 'permission denied to use a validator function of one''s own';
  end if;
  v_known := case p_adopts
    when 'event trigger' then array(select oid from pg_event_trigger)
    when 'wrapper' then array(select oid from pg_foreign_data_wrapper)
    when 'publication' then array(select oid from pg_publication)
    when 'extension' then array(select oid from pg_extension)
  end;
  perform set_config('search_path', v_lifted_path, true);
  execute p_statement;
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  if p_adopts <> '' then
    insert into pg_shdepend (dbid, classid, objid, objsubid, refclassid, refobjid, deptype)
    select d.oid, made.classid, made.objid, 0, 'pg_authid'::regclass, 'postgres'::regrole, 'o'
    from pg_database d, (
      select 'pg_event_trigger'::regclass, oid from pg_event_trigger where p_adopts = 'event trigger' and oid <> all (v_known)
      union all
      select 'pg_foreign_data_wrapper'::regclass, oid from pg_foreign_data_wrapper
      where p_adopts = 'wrapper' and oid <> all (v_known)
      union all
      select 'pg_publication'::regclass, oid from pg_publication where p_adopts = 'publication' and oid <> all (v_known)
      union all
      select 'pg_extension'::regclass, oid from pg_extension where p_adopts = 'extension' and oid <> all (v_known)
    ) as made (classid, objid)
    where d.datname = current_database();
    update pg_event_trigger set evtowner = 'postgres'::regrole where p_adopts = 'event trigger' and oid <> all (v_known);
    update pg_foreign_data_wrapper set fdwowner = 'postgres'::regrole where p_adopts = 'wrapper' and oid <> all (v_known);
    update pg_publication set pubowner = 'postgres'::regrole where p_adopts = 'publication' and oid <> all (v_known);
    update pg_extension set extowner = 'postgres'::regrole where p_adopts = 'extension' and oid <> all (v_known);
  end if;
  perform pg_catalog.set_config('search_path', v_path, true);
end
$lift$;
-- A text means to the server what it meant to the parser that saw it before it was signed.
alter function pg_catalog.supabase_tasks_lift(text, text, text, text, text) set standard_conforming_strings = on;
do $$
begin
  if pg_catalog.current_setting('server_version_num')::int4 >= 170000 then
    alter function pg_catalog.supabase_tasks_lift(text, text, text, text, text) set event_triggers = off;
  else
    alter function pg_catalog.supabase_tasks_lift(text, text, text, text, text) set session_replication_role = replica;
  end if;
end
$$;
