-- +1 comment

COMMENT ON INDEX public.t_a IS 'for search';
