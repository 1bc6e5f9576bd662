-- +1 comment

COMMENT ON CONSTRAINT t_code_key ON public.t IS 'one code each';
