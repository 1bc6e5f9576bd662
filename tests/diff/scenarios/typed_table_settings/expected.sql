-- +2 tables, +1 constraint, +1 comment, ~3 columns, −2 constraints
--   incompatible: code that expects a value in public.t.b may meet NULL
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t
    DROP CONSTRAINT k,
    DROP CONSTRAINT t_pkey;

CREATE TABLE public.bare OF public.w;

CREATE TABLE public.new_one OF public.w (
    a WITH OPTIONS NOT NULL,
    b WITH OPTIONS NOT NULL DEFAULT 'z'::text,
    CONSTRAINT new_one_pkey PRIMARY KEY (a),
    CONSTRAINT n CHECK (b <> ''::text)
) WITH (fillfactor = 50);

ALTER TABLE public.new_one
    ALTER COLUMN b SET COMPRESSION pglz,
    ALTER COLUMN b SET STORAGE EXTERNAL;

ALTER TABLE public.t
    ALTER COLUMN a SET (n_distinct = 5),
    ALTER COLUMN b SET DEFAULT 'q'::text,
    ALTER COLUMN b DROP NOT NULL,
    ALTER COLUMN b SET STORAGE EXTERNAL,
    ALTER COLUMN b SET COMPRESSION pglz,
    ALTER COLUMN c DROP DEFAULT,
    ALTER COLUMN c SET STATISTICS 77,
    ADD CONSTRAINT k2 CHECK (c > 0::numeric) NOT VALID;

COMMENT ON COLUMN public.t.b IS 'a column of a typed table';

-- reads the existing rows, without blocking writes
--   may fail: k2 fails when public.t holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT k2;
