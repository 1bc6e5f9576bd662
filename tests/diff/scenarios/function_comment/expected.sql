-- +1 comment

COMMENT ON FUNCTION public.f(integer) IS 'same';
