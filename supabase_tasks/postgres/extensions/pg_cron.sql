-- version: 1.6.4
-- versions: 1.0 1.1 1.2 1.3 1.4 1.4-1 1.5 1.6
-- comment: Job scheduler for PostgreSQL
-- always: the real one must be loaded as the server starts, and works in one database of it
-- Jobs are kept as the real extension keeps them; nothing runs them.
create schema cron;
create sequence cron.jobid_seq;
create sequence cron.runid_seq;
create table cron.job (
  jobid bigint primary key default pg_catalog.nextval('cron.jobid_seq'),
  schedule text not null,
  command text not null,
  nodename text not null default 'localhost',
  nodeport integer not null default pg_catalog.inet_server_port(),
  database text not null default pg_catalog.current_database(),
  username text not null default current_user,
  active boolean not null default true,
  jobname text,
  constraint jobname_username_uniq unique (jobname, username)
);
create table cron.job_run_details (
  jobid bigint,
  runid bigint primary key default pg_catalog.nextval('cron.runid_seq'),
  job_pid integer,
  database text,
  username text,
  command text,
  status text,
  return_message text,
  start_time timestamptz,
  end_time timestamptz
);
alter table cron.job enable row level security;
create policy cron_job_policy on cron.job using (username = current_user);
alter table cron.job_run_details enable row level security;
create policy cron_job_run_details_policy on cron.job_run_details using (username = current_user);

create function cron.schedule(job_name text, schedule text, command text) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
  caller text := coalesce(nullif(current_setting('role'), 'none'), session_user);
  id bigint;
begin
  if schedule !~ '^\s*(@(yearly|annually|monthly|weekly|daily|midnight|hourly|reboot)|[1-5]?[0-9]\s+seconds?|\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s*$' then
    raise exception using errcode = '22023', message = format('invalid schedule: %s', schedule),
      hint = 'Use cron format (e.g. 5 4 * * *), or interval format ''[1-59] seconds''';
  end if;
  insert into cron.job (schedule, command, nodeport, database, username, jobname)
  values (schedule, command, coalesce(inet_server_port(), current_setting('port')::integer), current_database(), caller, job_name)
  on conflict on constraint jobname_username_uniq
  do update set schedule = excluded.schedule, command = excluded.command, active = true
  returning jobid into id;
  return id;
end
$$;
create function cron.schedule(schedule text, command text) returns bigint language sql
  as $$ select cron.schedule(null, schedule, command) $$;
create function cron.schedule_in_database(
  job_name text, schedule text, command text, database text, username text default null, active boolean default true
) returns bigint language plpgsql security definer set search_path = pg_catalog as $$
declare
  id bigint := cron.schedule(job_name, schedule, command);
begin
  update cron.job as j set database = schedule_in_database.database, active = schedule_in_database.active,
    username = coalesce(schedule_in_database.username, j.username) where j.jobid = id;
  return id;
end
$$;
create function cron.alter_job(
  job_id bigint, schedule text default null, command text default null, database text default null, username text default null,
  active boolean default null
) returns void language sql security definer set search_path = pg_catalog as $$
  update cron.job as j set schedule = coalesce($2, j.schedule), command = coalesce($3, j.command),
    database = coalesce($4, j.database), username = coalesce($5, j.username), active = coalesce($6, j.active)
  where j.jobid = job_id
$$;
create function cron.unschedule(job_id bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from cron.job where jobid = job_id;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_id;
  end if;
  return true;
end
$$;
create function cron.unschedule(job_name text) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  delete from cron.job where jobname = job_name;
  if not found then
    raise exception 'could not find valid entry for job ''%''', job_name;
  end if;
  return true;
end
$$;
create function cron.job_cache_invalidate() returns trigger language plpgsql as $$ begin return null; end $$;
create trigger cron_job_cache_invalidate after insert or update or delete or truncate on cron.job
  for each statement execute function cron.job_cache_invalidate();

grant usage on schema cron to postgres with grant option;
grant all on all functions in schema cron to postgres with grant option;
grant all on all tables in schema cron to postgres with grant option;
revoke insert, update, delete, truncate on cron.job from postgres;
grant all on all sequences in schema cron to postgres with grant option;
select pg_catalog.pg_extension_config_dump('cron.job', '');
-- Whatever schema CREATE EXTENSION names, supautils makes it pg_catalog (supautils.extensions_parameter_overrides).
delete from pg_catalog.pg_depend
where classid = 'pg_catalog.pg_extension'::pg_catalog.regclass and refclassid = 'pg_catalog.pg_namespace'::pg_catalog.regclass
  and objid = (select oid from pg_catalog.pg_extension where extname = 'pg_cron');
update pg_catalog.pg_extension set extnamespace = 'pg_catalog'::pg_catalog.regnamespace where extname = 'pg_cron';
