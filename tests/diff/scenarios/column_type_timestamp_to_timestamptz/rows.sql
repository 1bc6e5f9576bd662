insert into public.t values (1, '2026-01-01 00:00:00');
