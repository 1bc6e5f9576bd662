-- +2 columns, ~3 columns, ~1 constraint
--   rewrite: public."H x" is rewritten: "Old" public.o becomes text
--   rewrite: public.p is rewritten: o public.o becomes text
--   rewrite: public.o is rewritten: id integer becomes bigint
--   incompatible: code that expects public.o.id as integer may break
--   rewrite: public."H x" is rewritten: "Old" text becomes public.o
--   rewrite: public.p is rewritten: o text becomes public.o

SET lock_timeout = '5s';

ALTER TABLE public."H x"
    DROP CONSTRAINT c,
    ALTER COLUMN "Old" DROP DEFAULT,
    ALTER COLUMN "Old" TYPE text;

ALTER TABLE public.p
    ALTER COLUMN o DROP DEFAULT,
    ALTER COLUMN o TYPE text;

ALTER TABLE public.o ALTER COLUMN id TYPE bigint;

ALTER TABLE public."H x" ALTER COLUMN "Old" TYPE public.o USING "Old"::public.o;

ALTER TABLE public.p
    ALTER COLUMN o DROP DEFAULT,
    ALTER COLUMN o TYPE public.o USING o::public.o;

ALTER TABLE public.o
    ADD COLUMN c integer,
    ALTER COLUMN c SET DEFAULT 7;

UPDATE public.o SET c = 7;

ALTER TABLE public.o
    ADD COLUMN d text,
    ALTER COLUMN d SET DEFAULT 'q'::text;

UPDATE public.o SET d = 'q'::text;

ALTER TABLE public.o ALTER COLUMN d SET NOT NULL;

ALTER TABLE public."H x" ALTER COLUMN "Old" SET DEFAULT ROW((1)::bigint, 'y'::text, 3, 'e'::text)::public.o;

ALTER TABLE public.p ALTER COLUMN o SET DEFAULT ROW((1)::bigint, 'y'::text, 5, 'f'::text)::public.o;

ALTER TABLE public."H x" ADD CONSTRAINT c CHECK ("Old" IS DISTINCT FROM ROW(0::bigint, 'z'::text, 4, 'r'::text)::public.o) NOT VALID;

ALTER TABLE public.p1 ALTER COLUMN o SET DEFAULT ROW((2)::bigint, 'y'::text, 5, 'f'::text)::public.o;

-- reads the existing rows, without blocking writes
--   may fail: c fails when public."H x" holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public."H x" while every row is read

SET lock_timeout = '5s';

ALTER TABLE public."H x" VALIDATE CONSTRAINT c;
