-- ~1 table, ~2 columns, ~2 constraints
--   incompatible: code that uses the name public.old_name breaks
--   rewrite: public.new_name is rewritten: id integer becomes bigint
--   incompatible: code that expects public.new_name.id as integer may break
--   lock: ACCESS EXCLUSIVE on public.old_name briefly

SET lock_timeout = '5s';

ALTER TABLE public.old_name RENAME TO new_name;

ALTER TABLE public.new_name RENAME CONSTRAINT old_name_pkey TO new_name_pkey;

ALTER SEQUENCE public.old_name_id_seq RENAME TO new_name_id_seq;

ALTER TABLE public.new_name
    DROP CONSTRAINT chk,
    ALTER COLUMN id TYPE bigint,
    ALTER COLUMN v TYPE character varying(9),
    ADD CONSTRAINT chk CHECK (v::text <> 'q'::text) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: chk fails when public.new_name holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.new_name while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.new_name VALIDATE CONSTRAINT chk;
