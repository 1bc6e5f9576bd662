-- +5 columns
--   lock: ACCESS EXCLUSIVE on public.t briefly

SET lock_timeout = '5s';

ALTER TABLE public.t
    ADD COLUMN a timestamp with time zone NOT NULL DEFAULT timezone('utc'::text, now()),
    ADD COLUMN b point DEFAULT '(1,2)'::point,
    ADD COLUMN c character varying(9) DEFAULT 'x('::character varying,
    ADD COLUMN d integer[] DEFAULT ARRAY[1, 2],
    ADD COLUMN e timestamp with time zone DEFAULT (now() + '1 day'::interval);
