create type public.r as range (subtype = integer);
