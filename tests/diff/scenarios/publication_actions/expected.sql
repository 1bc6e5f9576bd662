-- ~1 publication

ALTER PUBLICATION gauge_out SET (publish = 'insert, delete', publish_via_partition_root = true);
