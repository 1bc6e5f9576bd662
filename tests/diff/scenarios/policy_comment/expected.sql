-- +1 comment

COMMENT ON POLICY p ON public.t IS 'everyone reads';
