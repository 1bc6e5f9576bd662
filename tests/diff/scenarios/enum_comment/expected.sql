-- +1 comment

COMMENT ON TYPE public.mood IS 'how they feel';
