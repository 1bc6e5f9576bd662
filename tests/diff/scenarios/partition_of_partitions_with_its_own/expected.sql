-- +1 index, ~3 columns
--   lock: ACCESS EXCLUSIVE on public.m while every row is read
--   lock: ACCESS EXCLUSIVE on public.m_d briefly
--   lock: ACCESS EXCLUSIVE on public.m_d_1 while every row is rewritten

SET lock_timeout = '5s';

ALTER TABLE public.m ALTER COLUMN v SET DEFAULT 'm'::text;

CREATE INDEX m_n ON public.m (n);

ALTER TABLE public.m_d ALTER COLUMN v SET DEFAULT 'd'::text;

ALTER TABLE public.m_d_1 ALTER COLUMN v SET DEFAULT 'leaf'::text;

UPDATE public.m_d_1 SET v = 'leaf'::text WHERE v IS NULL;

ALTER TABLE public.m_d_1 ADD CONSTRAINT m_d_1_v_not_null CHECK (v IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   incompatible: code that writes NULL to public.m_d_1.v breaks
--   lock: ACCESS EXCLUSIVE on public.m_d_1 while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.m_d_1 VALIDATE CONSTRAINT m_d_1_v_not_null;

ALTER TABLE public.m_d_1 ALTER COLUMN v SET NOT NULL;

ALTER TABLE public.m_d_1 DROP CONSTRAINT m_d_1_v_not_null;
