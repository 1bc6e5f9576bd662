-- +2 columns, +1 view
--   lock: ACCESS EXCLUSIVE on public.p briefly
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.p ADD COLUMN n integer;

ALTER TABLE public.t ADD COLUMN d integer;

CREATE VIEW public.u AS
SELECT n,
    d,
    c
   FROM public.f() q;
