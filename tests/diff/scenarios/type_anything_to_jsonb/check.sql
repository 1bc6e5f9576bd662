SELECT a = '"00000000-0000-0000-0000-000000000001"' AND b = '"2026-01-01"' AND c = '[1, null]' AND d::text = '1.50' FROM public.t;
SELECT e = '"calm"' AND f = '"[1,5)"' AND g = '"2026-01-01T20:00:00+00:00"' FROM public.t;
