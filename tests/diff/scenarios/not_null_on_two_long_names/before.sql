CREATE TABLE public.a_table_with_a_name_that_is_almost_as_long_as_can_be_xx (id int, first_column_a int, first_column_b int);
