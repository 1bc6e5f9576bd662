-- ~1 enum
--   rewrite: public.part is rewritten: code moves to the new public.code
--   may fail: fails when a row of public.part holds a value of code that no longer exists
--   rewrite: public.unit is rewritten: code moves to the new public.code
--   may fail: fails when a row of public.unit holds a value of code that no longer exists

SET lock_timeout = '5s';

ALTER TABLE public.part DROP CONSTRAINT part_code_fkey;

ALTER TYPE public.code RENAME TO code__old;

CREATE TYPE public.code AS ENUM ('a', 'b');

ALTER TABLE public.part ALTER COLUMN code TYPE public.code USING code::text::public.code;

ALTER TABLE public.unit ALTER COLUMN code TYPE public.code USING code::text::public.code;

DROP TYPE public.code__old;

ALTER TABLE public.part ADD CONSTRAINT part_code_fkey FOREIGN KEY (code) REFERENCES public.unit(code) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: part_code_fkey fails when public.part holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.part while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.part VALIDATE CONSTRAINT part_code_fkey;
