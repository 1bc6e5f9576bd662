-- +1 schema, ~1 table, ~2 columns, ~1 constraint, ~1 index, ~1 trigger, ~1 view, ~1 grant, ~1 comment
--   incompatible: code that uses the name public.t breaks
--   rewrite: app.t is rewritten: x text becomes character varying(20)
--   incompatible: code that expects app.t.x as text may break
--   may fail: fails when a value of app.t.x does not fit character varying(20)
--   grant widened: anon can do more with app.t
--   lock: ACCESS EXCLUSIVE on public.t briefly
--   lock: ACCESS EXCLUSIVE on public.u briefly

SET lock_timeout = '5s';

CREATE SCHEMA app;

ALTER TABLE public.t SET SCHEMA app;

DROP VIEW public.v;

DROP TRIGGER trg ON app.t;

DROP INDEX app.t_x;

ALTER TABLE app.t
    DROP CONSTRAINT t_parent_fkey,
    ALTER COLUMN x TYPE character varying(20) USING CASE WHEN length(x) > 20 THEN x || '.' ELSE x END,
    ALTER COLUMN x SET DEFAULT 'z'::character varying;

UPDATE app.t SET x = 'z'::character varying WHERE x IS NULL;

ALTER TABLE app.t
    ADD CONSTRAINT t_x_not_null CHECK (x IS NOT NULL) NOT VALID,
    ADD CONSTRAINT t_parent_fkey FOREIGN KEY (parent) REFERENCES app.t(id) ON DELETE CASCADE NOT VALID;

CREATE INDEX t_x ON app.t (x) WHERE x::text <> ''::text;

CREATE TRIGGER trg BEFORE INSERT OR UPDATE ON app.t FOR EACH ROW EXECUTE FUNCTION public.tg();

GRANT INSERT ON TABLE app.t TO anon;

COMMENT ON TABLE app.t IS 'd';

ALTER TABLE public.u ADD CONSTRAINT u_t_id_not_null CHECK (t_id IS NOT NULL) NOT VALID;

CREATE VIEW public.v AS
SELECT id,
    x,
    parent
   FROM app.t;

-- reads the existing rows, without blocking writes
--   incompatible: code that writes NULL to app.t.x breaks
--   may fail: t_parent_fkey fails when app.t holds a violating row
--   may fail: fails when a row of public.u has no t_id
--   incompatible: code that writes NULL to public.u.t_id breaks
--   lock: ACCESS EXCLUSIVE on app.t while every row is read
--   lock: ACCESS EXCLUSIVE on public.u while every row is read

SET lock_timeout = '5s';

ALTER TABLE app.t VALIDATE CONSTRAINT t_x_not_null;

ALTER TABLE app.t ALTER COLUMN x SET NOT NULL;

ALTER TABLE app.t DROP CONSTRAINT t_x_not_null;

ALTER TABLE app.t VALIDATE CONSTRAINT t_parent_fkey;

ALTER TABLE public.u VALIDATE CONSTRAINT u_t_id_not_null;

ALTER TABLE public.u ALTER COLUMN t_id SET NOT NULL;

ALTER TABLE public.u DROP CONSTRAINT u_t_id_not_null;
