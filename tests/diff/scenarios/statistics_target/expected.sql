-- ~1 statistics object

ALTER STATISTICS public.t_ab SET STATISTICS 300;
