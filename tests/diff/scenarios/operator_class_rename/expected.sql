-- ~1 operator class

ALTER OPERATOR CLASS public.pair_ops USING btree RENAME TO pairs;
