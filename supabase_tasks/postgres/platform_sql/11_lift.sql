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
  if p_adopts = 'label' then
    perform supabase_tasks_label(p_wrapper::json, v_lifted_path);
    perform set_config('search_path', v_path, true);
    return;
  end if;
  perform set_config('search_path', v_lifted_path, true);
  if p_adopts operator(pg_catalog.=) 'owner' then
    perform pg_catalog.supabase_tasks_as_owner(p_statement);
  else
    execute p_statement;
  end if;
  perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
  if p_adopts not in ('', 'owner') then
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

-- A policy, or a trigger that goes, on a table of the platform (supautils.policy_grants, drop_trigger_grants): PostgreSQL evaluates
-- constants of a policy's expressions as it parses them, which may be a guest's code. So this one runs without superuser, as a role
-- that can do what the owners of these tables and `postgres` can. Only the function above calls it.
do $$
begin
  if pg_catalog.to_regrole('"~policies"') is null then
    create role "~policies" nologin;
  end if;
end
$$;
create or replace function pg_catalog.supabase_tasks_as_owner(p_statement pg_catalog.text) returns pg_catalog.void
language plpgsql security definer as $owner$
begin
  execute p_statement;
end
$owner$;
revoke all on function pg_catalog.supabase_tasks_as_owner(text) from public;
alter function pg_catalog.supabase_tasks_as_owner(text) owner to "~policies";
revoke all on function pg_catalog.supabase_tasks_as_owner(text) from "~policies";
grant execute on function pg_catalog.supabase_tasks_as_owner(text) to supabase_admin;

-- SECURITY LABEL without a label provider: the row that PostgreSQL would keep. A comment, which is undone at once, shows which object
-- is meant, by the caller's search path, and that the caller may describe it. Only the function above calls it.
create or replace function pg_catalog.supabase_tasks_label(p_label pg_catalog.json, p_path pg_catalog.text) returns pg_catalog.void
language plpgsql set search_path = pg_catalog, pg_temp as $label$
declare
  v_mark text := 'supabase_tasks: ' || gen_random_uuid();
  v_comment text := (p_label ->> 'comment') || quote_literal(v_mark);
  v_found text;
  v_place text[];
begin
  begin
    perform set_config('search_path', p_path, true);
    if session_user operator(pg_catalog.=) '~restorer'::pg_catalog.name or (p_label operator(pg_catalog.->>) 'shared')::pg_catalog.bool then
      execute v_comment;
    else
      perform pg_catalog.supabase_tasks_as_owner(v_comment);
    end if;
    perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    select classoid::int8 || ' ' || objoid || ' ' || objsubid into v_found from pg_description where description = v_mark;
    if not found then
      select classoid::int8 || ' ' || objoid || ' -1' into v_found from pg_shdescription where description = v_mark;
    end if;
    raise exception using errcode = 'STL01', message = v_found;
  exception when sqlstate 'STL01' then
    v_found := sqlerrm;
  end;
  v_place := string_to_array(v_found, ' ');
  if v_place[3] = '-1' then
    delete from pg_shseclabel
    where classoid = v_place[1]::oid and objoid = v_place[2]::oid and provider = p_label ->> 'provider';
    insert into pg_shseclabel (objoid, classoid, provider, label)
    select v_place[2]::oid, v_place[1]::oid, p_label ->> 'provider', p_label ->> 'label' where p_label ->> 'label' is not null;
    return;
  end if;
  delete from pg_seclabel where classoid = v_place[1]::oid and objoid = v_place[2]::oid and objsubid = v_place[3]::int4
    and provider = p_label ->> 'provider';
  insert into pg_seclabel (objoid, classoid, objsubid, provider, label)
  select v_place[2]::oid, v_place[1]::oid, v_place[3]::int4, p_label ->> 'provider', p_label ->> 'label'
  where p_label ->> 'label' is not null;
end
$label$;
revoke all on function pg_catalog.supabase_tasks_label(json, text) from public;

-- In the place of an EXECUTE in code that is rewritten (`nested_lifts`), with the caller's rights: a text that was signed is lifted
-- (five elements: text, adopts, wrapper, validator, signature; without a signature it runs as it is). Any other runs as it is, and when it is refused
-- our process is asked, by an error that no handler of WHEN OTHERS catches.
create or replace function pg_catalog.supabase_tasks_run(
  p_text pg_catalog.text, p_lifts pg_catalog._text, p_learning pg_catalog.bool
) returns pg_catalog.void language plpgsql as $run$
declare
  v_place pg_catalog.int4 := 1;
begin
  while v_place operator(pg_catalog.<=) pg_catalog.cardinality(p_lifts) loop
    if p_lifts[v_place] operator(pg_catalog.=) p_text then
      if p_lifts[v_place operator(pg_catalog.+) 4] operator(pg_catalog.=) '' then
        execute p_text;
      else
        perform pg_catalog.supabase_tasks_lift(
          p_text, p_lifts[v_place operator(pg_catalog.+) 1], p_lifts[v_place operator(pg_catalog.+) 2],
          p_lifts[v_place operator(pg_catalog.+) 3], p_lifts[v_place operator(pg_catalog.+) 4]
        );
      end if;
      return;
    end if;
    v_place := v_place operator(pg_catalog.+) 5;
  end loop;
  if not p_learning then
    execute p_text;
    return;
  end if;
  begin
    execute p_text;
  exception when insufficient_privilege or invalid_parameter_value then
    raise assert_failure using message = 'supabase_tasks: a text that was refused', detail = p_text;
  end;
end
$run$;

-- Another body for a function of a guest while one statement runs, and back: the new one holds signed calls, and runs with the
-- rights that the function has. No definition changes, no event trigger fires. One that the statement has replaced or dropped is
-- left as it is.
create or replace function pg_catalog.supabase_tasks_bend(
  p_routine pg_catalog.text, p_from pg_catalog.text, p_to pg_catalog.text, p_signature pg_catalog.text
) returns pg_catalog.void language plpgsql security definer set search_path = pg_catalog, pg_temp as $bend$
begin
  if session_user <> 'postgres' or p_signature is distinct from encode(sha256(
    pg_read_binary_file('supabase-tasks.key') || sha256(convert_to(p_routine, 'UTF8'::name))
    || sha256(convert_to(p_from, 'UTF8'::name)) || sha256(convert_to(p_to, 'UTF8'::name))
  ), 'hex') then
    raise insufficient_privilege using message = 'permission denied for function supabase_tasks_bend';
  end if;
  update pg_proc p set prosrc = p_to
  from pg_language l, pg_authid o
  where p.oid = to_regprocedure(p_routine) and p.prosrc = p_from and p.prosqlbody is null
    and l.oid = p.prolang and l.lanname in ('plpgsql', 'sql') and o.oid = p.proowner and not o.rolsuper;
  if not found and exists (select from pg_proc p where p.oid = to_regprocedure(p_routine) and p.prosrc = p_from) then
    raise insufficient_privilege using message = 'permission denied for this function';
  end if;
end
$bend$;
