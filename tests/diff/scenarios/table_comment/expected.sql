-- +1 comment

COMMENT ON TABLE public.t IS 'it''s a table';
