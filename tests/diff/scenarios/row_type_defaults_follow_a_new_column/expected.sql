-- +3 columns, ~1 column
--   lock: ACCESS EXCLUSIVE on public.log briefly
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t ADD COLUMN b boolean;

ALTER TABLE public.log
    ALTER COLUMN old SET DEFAULT ROW(1, 'a'::text, true)::public.t,
    ADD COLUMN fresh public.t DEFAULT ROW(2, 'b'::text, false)::public.t,
    ADD COLUMN arr public.t[] DEFAULT ARRAY[ROW(2, 'b'::text, false)::public.t];
