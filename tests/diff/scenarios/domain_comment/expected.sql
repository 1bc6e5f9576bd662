-- +1 comment

COMMENT ON DOMAIN public.d IS 'a number';
