-- ~2 columns
--   rewrite: public.doc is rewritten: org_id text becomes uuid
--   incompatible: code that expects public.doc.org_id as text may break
--   may fail: fails when a value of public.doc.org_id does not fit uuid
--   rewrite: public.org is rewritten: id text becomes uuid
--   incompatible: code that expects public.org.id as text may break
--   may fail: fails when a value of public.org.id does not fit uuid

SET lock_timeout = '5s';

ALTER TABLE public.doc
    DROP CONSTRAINT doc_org_id_fkey,
    ALTER COLUMN org_id TYPE uuid USING org_id::uuid;

ALTER TABLE public.org ALTER COLUMN id TYPE uuid USING id::uuid;

ALTER TABLE public.doc ADD CONSTRAINT doc_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.org(id) NOT VALID;

-- reads the existing rows, without blocking writes
--   may fail: doc_org_id_fkey fails when public.doc holds a violating row
--   lock: SHARE UPDATE EXCLUSIVE on public.doc while every row is read

SET lock_timeout = '5s';

ALTER TABLE public.doc VALIDATE CONSTRAINT doc_org_id_fkey;
