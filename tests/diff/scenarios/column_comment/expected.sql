-- +1 comment

COMMENT ON COLUMN public.t.body IS 'the text';
