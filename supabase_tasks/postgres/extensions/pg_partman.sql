-- version: 5.3.1
-- versions: 4.7.4 5.1.0 5.2.4
-- comment: Extension to manage partitioned tables by time or ID
create table @extschema@.part_config (
  parent_table text primary key, control text, partition_interval text, partition_type text, premake integer default 4,
  automatic_maintenance text default 'on', retention text, retention_keep_table boolean default true, infinite_time_partitions boolean default false
);
@unavailable run_maintenance(p_parent_table text default null, p_analyze boolean default false, p_jobmon boolean default true) returns void;
