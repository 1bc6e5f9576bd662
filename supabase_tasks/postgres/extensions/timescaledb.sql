-- version: 2.16.1
-- versions: 2.9.1
-- comment: Enables scalable inserts and complex queries for time-series data (Apache 2 Edition)
-- always: the real one must be loaded as the server starts
create function create_hypertable(
  relation regclass, time_column_name name, partitioning_column name default null, number_partitions integer default null,
  associated_schema_name name default null, associated_table_prefix name default null, chunk_time_interval anyelement default null::bigint,
  create_default_indexes boolean default true, if_not_exists boolean default false, partitioning_func regproc default null,
  migrate_data boolean default false, chunk_target_size text default null, chunk_sizing_func regproc default null,
  time_partitioning_func regproc default null,
  out hypertable_id integer, out schema_name name, out table_name name, out created boolean
) returns record language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- As TimescaleDB does: the column is NOT NULL, and has an index of its own.
  execute format('alter table %s alter column %I set not null', relation, time_column_name);
  select n.nspname, c.relname into schema_name, table_name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = relation;
  if create_default_indexes and not exists (
    select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
    where i.indrelid = relation and a.attname = time_column_name and i.indnatts = 1
  ) then
    execute format('create index %I on %s (%I desc)', left(table_name || '_' || time_column_name || '_idx', 63), relation, time_column_name);
  end if;
  hypertable_id := 1;
  created := true;
end
$$;
create function add_dimension(
  hypertable regclass, column_name name, number_partitions integer default null, chunk_time_interval anyelement default null::bigint,
  partitioning_func regproc default null, if_not_exists boolean default false,
  out dimension_id integer, out schema_name name, out table_name name, out partition_column name, out created boolean
) returns record language sql as $$ select 1, null::name, null::name, column_name, true $$;
create function set_chunk_time_interval(hypertable regclass, chunk_time_interval anyelement, dimension_name name default null)
  returns void language sql as $$ select $$;
create function set_integer_now_func(hypertable regclass, integer_now_func regproc, replace_if_exists boolean default false)
  returns void language sql as $$ select $$;
create function show_chunks(relation regclass, older_than anyelement default null::bigint, newer_than anyelement default null::bigint)
  returns setof regclass language sql stable as $$ select relation where false $$;
create function drop_chunks(
  relation regclass, older_than anyelement default null::bigint, newer_than anyelement default null::bigint, "verbose" boolean default false
) returns setof text language sql as $$ select ''::text where false $$;
create function hypertable_size(hypertable regclass) returns bigint language sql as $$ select pg_catalog.pg_total_relation_size(hypertable) $$;
create function time_bucket(bucket_width interval, ts timestamp, origin timestamp default null) returns timestamp
language sql immutable parallel safe as $$
  -- Months are counted from January 2000, everything else from a Monday.
  select case when bucket_width >= interval '1 month' then
    timestamp '2000-01-01' + floor(
      ((extract(year from ts) - 2000) * 12 + extract(month from ts) - 1)
      / (extract(year from bucket_width) * 12 + extract(month from bucket_width))
    )::integer * bucket_width
  else date_bin(bucket_width, ts, coalesce(origin, timestamp '2000-01-03')) end
$$;
create function time_bucket(bucket_width interval, ts timestamptz, origin timestamptz default null) returns timestamptz
language sql immutable parallel safe as $$
  select @extschema@.time_bucket(bucket_width, ts at time zone 'UTC', origin at time zone 'UTC') at time zone 'UTC'
$$;
create function time_bucket(bucket_width interval, ts timestamptz, timezone text, origin timestamptz default null, "offset" interval default null)
returns timestamptz language sql immutable parallel safe as $$
  select @extschema@.time_bucket(bucket_width, (ts - coalesce("offset", interval '0')) at time zone timezone, origin at time zone timezone)
    at time zone timezone + coalesce("offset", interval '0')
$$;
create function time_bucket(bucket_width interval, ts date) returns date language sql immutable parallel safe as $$
  select @extschema@.time_bucket(bucket_width, ts::timestamp, null::timestamp)::date
$$;
create function time_bucket(bucket_width bigint, ts bigint) returns bigint language sql immutable parallel safe as $$
  select (floor(ts::numeric / bucket_width) * bucket_width)::bigint
$$;
create function time_bucket(bucket_width integer, ts integer) returns integer language sql immutable parallel safe as $$
  select (floor(ts::numeric / bucket_width) * bucket_width)::integer
$$;
@unavailable add_retention_policy(relation regclass, drop_after interval, if_not_exists boolean default false) returns integer;
@unavailable add_compression_policy(hypertable regclass, compress_after interval, if_not_exists boolean default false) returns integer;
@unavailable time_bucket_gapfill(bucket_width interval, ts timestamptz, start timestamptz default null, finish timestamptz default null) returns timestamptz;
