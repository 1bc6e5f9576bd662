-- ~1 grant

REVOKE USAGE ON TYPE public.mood FROM PUBLIC;
