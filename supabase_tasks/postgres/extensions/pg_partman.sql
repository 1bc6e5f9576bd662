-- version: 5.3.1
-- versions: 4.7.4 5.1.0 5.2.4
-- comment: Extension to manage partitioned tables by time or ID
-- A set is registered, with its template and its default partition, which takes the rows: which other partitions there are depends
-- on the day, so none is made, and maintenance has nothing to do.
create table @extschema@.part_config (
  parent_table text primary key, control text not null, time_encoder text, time_decoder text, partition_interval text not null,
  partition_type text not null, premake integer not null default 4, automatic_maintenance text not null default 'on',
  template_table text, retention text, retention_schema text, retention_keep_index boolean not null default true,
  retention_keep_table boolean not null default true, epoch text not null default 'none', constraint_cols text[],
  optimize_constraint integer not null default 30, infinite_time_partitions boolean not null default false, datetime_string text,
  jobmon boolean not null default true, sub_partition_set_full boolean not null default false,
  undo_in_progress boolean not null default false, inherit_privileges boolean default false,
  constraint_valid boolean not null default true, ignore_default_data boolean not null default true, date_trunc_interval text,
  maintenance_order integer, retention_keep_publication boolean not null default false, maintenance_last_run timestamptz
);
create function @extschema@.create_parent(
  p_parent_table text, p_control text, p_interval text, p_type text default 'range', p_epoch text default 'none',
  p_premake integer default 4, p_start_partition text default null, p_default_table boolean default true,
  p_automatic_maintenance text default 'on', p_constraint_cols text[] default null, p_template_table text default null,
  p_jobmon boolean default true, p_date_trunc_interval text default null, p_control_not_null boolean default true,
  p_time_encoder text default null, p_time_decoder text default null
) returns boolean language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  parent record;
  template text := p_template_table;
begin
  select c.oid::regclass as named, n.nspname as schema, c.relname as name into parent
  from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = to_regclass(p_parent_table) and c.relkind = 'p';
  if parent is null then
    raise exception 'Unable to find given parent table in system catalogs. Please create parent table first: %', p_parent_table;
  end if;
  if template is null then
    template := format('%I.%I', '@extschema@', left('template_' || parent.schema || '_' || parent.name, 63));
    execute format('create table if not exists %s (like %s)', template, parent.named);
  end if;
  if p_control_not_null then
    execute format('alter table %s alter column %I set not null', parent.named, p_control);
  end if;
  if p_default_table and not exists (select from pg_partitioned_table where partrelid = parent.named and partdefid <> 0) then
    execute format('create table %I.%I partition of %s default', parent.schema, left(parent.name, 55) || '_default', parent.named);
  end if;
  insert into @extschema@.part_config (
    parent_table, control, partition_interval, partition_type, epoch, premake, automatic_maintenance, constraint_cols, template_table,
    jobmon, date_trunc_interval, time_encoder, time_decoder
  ) values (
    p_parent_table, p_control, p_interval, p_type, p_epoch, p_premake, p_automatic_maintenance, p_constraint_cols,
    replace(template, '"', ''), p_jobmon, p_date_trunc_interval, p_time_encoder, p_time_decoder
  );
  return true;
end
$$;
create function @extschema@.run_maintenance(p_parent_table text default null, p_analyze boolean default false, p_jobmon boolean default true)
  returns void language sql as $$ select $$;
create procedure @extschema@.run_maintenance_proc(p_wait integer default 0, p_analyze boolean default false, p_jobmon boolean default true)
  language sql as $$ select $$;
create procedure @extschema@.partition_data_proc(
  p_parent_table text, p_loop_count integer default null, p_interval text default null, p_lock_wait integer default 0,
  p_lock_wait_tries integer default 10, p_wait integer default 1, p_order text default 'ASC', p_source_table text default null,
  p_ignored_columns text[] default null, p_quiet boolean default false
) language sql as $$ select $$;
create function @extschema@.show_partitions(
  p_parent_table text, p_order text default 'ASC', p_include_default boolean default false,
  out partition_schemaname text, out partition_tablename text
) returns setof record language sql stable as $$
  select n.nspname, c.relname from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
  where i.inhparent = p_parent_table::pg_catalog.regclass and (p_include_default or pg_catalog.pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT')
$$;
@unavailable @extschema@.partition_data_time(p_parent_table text, p_batch_count integer default 1, p_batch_interval interval default null,
  p_lock_wait numeric default 0, p_order text default 'ASC', p_analyze boolean default true, p_source_table text default null,
  p_ignored_columns text[] default null) returns bigint;
@unavailable @extschema@.partition_data_id(p_parent_table text, p_batch_count integer default 1, p_batch_interval bigint default null,
  p_lock_wait numeric default 0, p_order text default 'ASC', p_analyze boolean default true, p_source_table text default null,
  p_ignored_columns text[] default null) returns bigint;
@unavailable @extschema@.undo_partition(p_parent_table text, p_target_table text, p_loop_count integer default 1,
  p_batch_interval text default null, p_keep_table boolean default true, p_lock_wait numeric default 0,
  p_ignored_columns text[] default null, p_drop_cascade boolean default false) returns record;
@unavailable @extschema@.drop_partition_time(p_parent_table text, p_retention interval default null, p_keep_table boolean default null,
  p_keep_index boolean default null, p_retention_schema text default null,
  p_reference_timestamp timestamptz default current_timestamp) returns integer;
