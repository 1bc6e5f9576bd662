-- ~1 constraint
--   may fail: b_ex fails when public.b holds a conflicting row
--   lock: ACCESS EXCLUSIVE on public.b while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.b
    DROP CONSTRAINT b_ex,
    ADD CONSTRAINT b_ex EXCLUDE USING gist (during WITH &&) DEFERRABLE;
