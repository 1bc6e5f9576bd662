SELECT c = '2026-01-01 12:00+00' AND f = '10.0.0.0/8' AND g = B'101' FROM public.t;
