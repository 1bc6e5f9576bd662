-- ~2 sequences, ~1 table, ~3 columns, ~1 constraint
--   incompatible: code that uses the name public.t breaks
--   incompatible: code that uses the name public.u.id breaks
--   rewrite: public.u is rewritten: key integer becomes bigint
--   incompatible: code that expects public.u.key as integer may break
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t RENAME TO u;

ALTER TABLE public.u RENAME COLUMN id TO key;

ALTER SEQUENCE public.t_id_seq RENAME TO u_key_seq;

ALTER TABLE public.u RENAME CONSTRAINT t_pkey TO u_pkey;

ALTER SEQUENCE public.u_key_seq AS bigint MAXVALUE 9223372036854775807;

ALTER TABLE public.u
    ALTER COLUMN key DROP DEFAULT,
    ALTER COLUMN key TYPE bigint,
    ALTER COLUMN key SET DEFAULT nextval('public.u_key_seq'::regclass),
    ADD CONSTRAINT u_n_not_null CHECK (n IS NOT NULL) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: fails when a row of public.u has no n
--   incompatible: code that writes NULL to public.u.n breaks
--   lock: ACCESS EXCLUSIVE on public.u while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.u VALIDATE CONSTRAINT u_n_not_null;

ALTER TABLE public.u ALTER COLUMN n SET NOT NULL;

ALTER TABLE public.u DROP CONSTRAINT u_n_not_null;
