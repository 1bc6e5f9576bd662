-- ~1 domain
--   rewrite: public.doc is rewritten: org moves to the new public.oid_
--   may fail: fails when a row of public.doc holds a value of org that no longer exists
--   rewrite: public.org is rewritten: id moves to the new public.oid_
--   may fail: fails when a row of public.org holds a value of id that no longer exists
--   rewrite: public.self is rewritten: id moves to the new public.oid_
--   may fail: fails when a row of public.self holds a value of id that no longer exists
--   rewrite: public.self is rewritten: up moves to the new public.oid_
--   may fail: fails when a row of public.self holds a value of up that no longer exists
--   may fail: doc_org_part_fkey fails when public.doc holds a violating row

SET lock_timeout = '5s';

ALTER TABLE public.doc DROP CONSTRAINT doc_org_part_fkey;

ALTER TABLE public.self DROP CONSTRAINT self_up_fkey;

ALTER TYPE public.oid_ RENAME TO oid___old;

CREATE DOMAIN public.oid_ AS uuid;

ALTER TABLE public.doc ALTER COLUMN org TYPE public.oid_ USING org::text::uuid;

ALTER TABLE public.org ALTER COLUMN id TYPE public.oid_ USING id::text::uuid;

ALTER TABLE public.self
    ALTER COLUMN id TYPE public.oid_ USING id::text::uuid,
    ALTER COLUMN up TYPE public.oid_ USING up::text::uuid;

DROP DOMAIN public.oid___old;

ALTER TABLE public.doc ADD CONSTRAINT doc_org_part_fkey FOREIGN KEY (org, part) REFERENCES public.org(id, part) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;

ALTER TABLE public.self ADD CONSTRAINT self_up_fkey FOREIGN KEY (up) REFERENCES public.self(id) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: self_up_fkey fails when public.self holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.self while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.self VALIDATE CONSTRAINT self_up_fkey;
