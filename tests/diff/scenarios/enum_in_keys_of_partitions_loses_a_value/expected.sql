-- ~1 enum
--   rewrite: public.ch is rewritten: k moves to the new public.k
--   may fail: fails when a row of public.ch holds a value of k that no longer exists
--   rewrite: public.par is rewritten: k moves to the new public.k
--   may fail: fails when a row of public.par holds a value of k that no longer exists

SET lock_timeout = '5s';

ALTER TABLE public.ch DROP CONSTRAINT ch_k_d_fkey;

ALTER TYPE public.k RENAME TO k__old;

CREATE TYPE public.k AS ENUM ('y', 'x');

ALTER TABLE public.ch ALTER COLUMN k TYPE public.k USING k::text::public.k;

ALTER TABLE public.par ALTER COLUMN k TYPE public.k USING k::text::public.k;

DROP TYPE public.k__old;

ALTER TABLE public.ch ADD CONSTRAINT ch_k_d_fkey FOREIGN KEY (k, d) REFERENCES public.par(k, d) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: ch_k_d_fkey fails when public.ch holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.ch while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.ch VALIDATE CONSTRAINT ch_k_d_fkey;
