-- +1 comment

COMMENT ON SEQUENCE public.s IS 'counts';
