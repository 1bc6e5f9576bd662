-- +1 table setting, ~1 table, ~2 columns
--   lock: ACCESS EXCLUSIVE on public.m_d while every row is rewritten

SET lock_timeout = '5s';

ALTER TABLE public.m_d
    SET (fillfactor = 70),
    ALTER COLUMN v SET DEFAULT 'x'::text;

UPDATE public.m_d SET v = 'x'::text WHERE v IS NULL;

ALTER TABLE public.m_d
    ADD CONSTRAINT m_d_v_not_null CHECK (v IS NOT NULL) NOT VALID,
    ALTER COLUMN v SET STORAGE EXTERNAL,
    ALTER COLUMN v SET COMPRESSION lz4,
    ALTER COLUMN v SET STATISTICS 50,
    ALTER COLUMN n SET (n_distinct = 5),
    REPLICA IDENTITY FULL;

-- reads the existing rows, without blocking writes
--   incompatible: code that writes NULL to public.m_d.v breaks
--   lock: ACCESS EXCLUSIVE on public.m_d while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.m_d VALIDATE CONSTRAINT m_d_v_not_null;

ALTER TABLE public.m_d ALTER COLUMN v SET NOT NULL;

ALTER TABLE public.m_d DROP CONSTRAINT m_d_v_not_null;
