-- +1 constraint, ~4 tables, ~1 column, ~1 index, −1 constraint
--   may fail: fails when a row of public.late has no id
--   incompatible: code that writes NULL to public.late.id breaks
--   may fail: late_key fails when public.late holds a duplicate or missing key
--   lock: ACCESS EXCLUSIVE on public.late while every row is read
--   lock: ACCESS EXCLUSIVE on public.lean briefly
--   lock: SHARE UPDATE EXCLUSIVE on public.p while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.lean DROP CONSTRAINT goes;

ALTER TABLE public.p ATTACH PARTITION public.bare FOR VALUES FROM (1) TO (9);

ALTER TABLE public.bare RENAME CONSTRAINT bare_pkey TO renamed;

ALTER TABLE public.bare RENAME CONSTRAINT bare_id_k_key TO renamed_bare_pkey;

ALTER TABLE public.bare RENAME CONSTRAINT to_r TO bare_to_r;

ALTER TABLE public.bare RENAME CONSTRAINT renamed_bare_pkey TO bare_pkey;

ALTER INDEX public.bare_k_idx RENAME TO bare_id_k_key;

ALTER TABLE public.late ALTER COLUMN id SET NOT NULL;

ALTER TABLE public.late ATTACH PARTITION public.first FOR VALUES FROM (1) TO (9);

ALTER TABLE public.late ADD CONSTRAINT late_key PRIMARY KEY (id);

ALTER TABLE public.first RENAME CONSTRAINT first_pkey TO first_key;

ALTER TABLE public.p ATTACH PARTITION public.lean FOR VALUES FROM (20) TO (29);

ALTER TABLE public.lean RENAME CONSTRAINT lean_id_k_key TO comes;

ALTER TABLE public.p ATTACH PARTITION public.rich FOR VALUES FROM (10) TO (19);

ALTER TABLE public.rich RENAME CONSTRAINT rich_id_k_key TO rich_pair;
