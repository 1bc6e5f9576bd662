-- ~2 sequences, ~2 tables, ~2 constraints
--   incompatible: code that uses the name public.b breaks
--   incompatible: code that uses the name public.a breaks
--   lock: ACCESS EXCLUSIVE on public.a briefly
--   lock: ACCESS EXCLUSIVE on public.b briefly

SET lock_timeout = '5s';

ALTER TABLE public.b RENAME TO b_old;

ALTER TABLE public.a RENAME TO b;

ALTER TABLE public.b_old RENAME TO a;

ALTER SEQUENCE public.a_id_seq RENAME TO a_id_seq_old;

ALTER SEQUENCE public.b_id_seq RENAME TO a_id_seq;

ALTER SEQUENCE public.a_id_seq_old RENAME TO b_id_seq;

ALTER TABLE public.b RENAME CONSTRAINT a_pkey TO a_pkey_old;

ALTER TABLE public.a RENAME CONSTRAINT b_pkey TO a_pkey;

ALTER TABLE public.b RENAME CONSTRAINT a_pkey_old TO b_pkey;
