-- ~2 columns
--   lock: ACCESS EXCLUSIVE on public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx briefly

SET lock_timeout = '5s';

ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx
    ADD CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_can_be_x_eab5ee39 CHECK (first_column_a IS NOT NULL) NOT VALID,
    ADD CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_can_be_x_0182553a CHECK (first_column_b IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx has no first_column_a
--   incompatible: code that writes NULL to public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx.first_column_a breaks
--   may fail: fails when a row of public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx has no first_column_b
--   incompatible: code that writes NULL to public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx.first_column_b breaks
--   lock: ACCESS EXCLUSIVE on public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx VALIDATE CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_can_be_x_eab5ee39;

ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx ALTER COLUMN first_column_a SET NOT NULL;

ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx DROP CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_can_be_x_eab5ee39;

ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx VALIDATE CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_can_be_x_0182553a;

ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx ALTER COLUMN first_column_b SET NOT NULL;

ALTER TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx DROP CONSTRAINT a_table_with_a_name_that_is_almost_as_long_as_can_be_x_0182553a;
