-- ~1 comment

COMMENT ON TABLE public.t IS 'new';
