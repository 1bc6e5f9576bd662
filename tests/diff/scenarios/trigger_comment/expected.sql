-- +1 comment

COMMENT ON TRIGGER tr ON public.t IS 'watches';
