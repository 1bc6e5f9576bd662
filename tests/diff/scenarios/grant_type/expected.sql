-- ~1 grant
--   incompatible: PUBLIC can do less with public.mood

REVOKE USAGE ON TYPE public.mood FROM PUBLIC;
