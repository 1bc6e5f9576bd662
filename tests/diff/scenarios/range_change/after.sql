create type public.r as range (subtype = bigint);
