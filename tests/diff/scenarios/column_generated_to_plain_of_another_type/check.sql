select b = '{2}' and c = '2026-01-01 00:00+00' from public.t;
