-- ~1 publication

ALTER PUBLICATION gauge_out SET (publish_via_partition_root = false);
