select lower(r) = timestamptz '2026-01-01 10:00+00' and lower(m[1]) = timestamptz '2026-01-01 10:00+00' from public.t
