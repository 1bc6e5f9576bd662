-- version: 2.1
-- versions: 1.0 2.0
-- comment: The pg_stat_monitor is a PostgreSQL Query Performance Monitoring tool, based on PostgreSQL contrib module pg_stat_statements.
-- relocatable: true
-- always: the real one must be loaded as the server starts
create view pg_stat_monitor as
  select null::bigint as bucket, null::timestamptz as bucket_start_time, null::oid as userid, null::text as username, null::oid as dbid,
    null::text as datname, null::bigint as queryid, null::text as query, null::bigint as calls, null::float8 as total_exec_time,
    null::float8 as mean_exec_time, null::bigint as rows where false;
create function pg_stat_monitor_version() returns text language sql as $$ select '2.1'::text $$;
create function pg_stat_monitor_reset() returns void language sql as $$ select $$;
