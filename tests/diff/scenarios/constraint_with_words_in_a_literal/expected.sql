-- +3 constraints
--   may fail: u fails when public.t holds a duplicate
--   may fail: x fails when public.t holds a conflicting row
--   lock: ACCESS EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t
    ADD CONSTRAINT u UNIQUE (a) WITH (fillfactor=50) DEFERRABLE,
    ADD CONSTRAINT x EXCLUDE USING gist (b WITH &&) WITH (fillfactor='50') WHERE (a <> ' WHERE ('::text),
    ADD CONSTRAINT c CHECK (a <> ' NOT VALID'::text) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: c fails when public.t holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.t while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.t VALIDATE CONSTRAINT c;
