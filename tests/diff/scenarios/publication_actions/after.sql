create table public.gauge (id integer primary key);
create publication gauge_out for table public.gauge with (publish = 'insert, delete', publish_via_partition_root = true);
