-- +1 comment

COMMENT ON MATERIALIZED VIEW public.m IS 'cached';
