-- +1 comment, ~3 grants
--   grant widened: anon can do more with public.joined(integer[])
--   grant widened: anon can do more with public.nth(anyelement)
--   incompatible: PUBLIC can do less with public.rows()

GRANT EXECUTE ON FUNCTION public.joined(integer[]) TO anon WITH GRANT OPTION;

GRANT EXECUTE ON FUNCTION public.nth(anyelement) TO anon;

COMMENT ON AGGREGATE public.nth(ORDER BY anyelement) IS 'the last';

REVOKE EXECUTE ON FUNCTION public.rows() FROM PUBLIC;
