-- ~1 table, ~1 column, ~1 constraint
--   incompatible: code that uses the name public.low breaks
--   incompatible: code that uses the name public.par.k breaks
--   lock: ACCESS EXCLUSIVE on public.low briefly
--   lock: ACCESS EXCLUSIVE on public.par briefly

SET lock_timeout = '5s';

ALTER TABLE public.low RENAME TO lower;

ALTER TABLE public.par RENAME COLUMN k TO kk;

ALTER TABLE public.one RENAME CONSTRAINT one_k TO one_kk;

ALTER TABLE public.lower RENAME CONSTRAINT low_pkey TO lower_pkey;

ALTER TABLE public.lower RENAME CONSTRAINT low_id_k_key TO lower_id_kk_key;

ALTER TABLE public.lower RENAME CONSTRAINT low_id_k_excl TO lower_id_kk_excl;

ALTER INDEX public.low_k_idx RENAME TO lower_kk_idx;

ALTER TABLE public.mid RENAME CONSTRAINT mid_id_k_key TO mid_id_kk_key;

ALTER TABLE public.mid RENAME CONSTRAINT mid_id_k_excl TO mid_id_kk_excl;

ALTER INDEX public.mid_k_idx RENAME TO mid_kk_idx;

ALTER TABLE public.one_a RENAME CONSTRAINT one_k TO one_kk;
