-- +2 comments

COMMENT ON VIEW public.v IS 'all ids';

COMMENT ON COLUMN public.v.id IS 'the id';
