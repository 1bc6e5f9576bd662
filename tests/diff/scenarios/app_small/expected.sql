-- ~1 enum (new enum values, committed before they are used)

ALTER TYPE public.status ADD VALUE 'review' AFTER 'draft';

-- +1 domain, +1 sequence, +2 tables, +2 columns, +1 constraint, +1 index, +2 functions, +1 trigger, +1 row level security, +1 policy, +1 view, +1 default privilege, +2 comments, ~1 column, ~1 grant
--   rewrite: public.orgs is rewritten: name text becomes character varying(80)
--   incompatible: code that expects public.orgs.name as text may break
--   may fail: fails when a value of public.orgs.name does not fit character varying(80)
--   may fail: orgs_parent_fkey fails when public.orgs holds a violating row
--   incompatible: rows of public.orgs are only seen through its policies from now on
--   grant widened: anon can do more with public.orgs
--   grant widened: authenticated can do more with public.orgs
--   grant widened: new tables of postgres are opened to anon

SET lock_timeout = '5s';

CREATE DOMAIN public.email AS text
    CONSTRAINT email_check CHECK (VALUE ~~ '%@%'::text);

CREATE SEQUENCE public.n_id_seq AS integer;

CREATE FUNCTION public.touch()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin new.created_at=now(); return new; end $function$;

CREATE TABLE public.members (
    org_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role text NOT NULL,
    CONSTRAINT members_pkey PRIMARY KEY (org_id, user_id),
    CONSTRAINT members_role_check CHECK (role = ANY (ARRAY['a'::text, 'b'::text])),
    CONSTRAINT members_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.orgs(id) ON DELETE CASCADE,
    CONSTRAINT members_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id)
);

CREATE FUNCTION public.is_member(o uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$ select exists(select 1 from public.members m where m.org_id=o and m.user_id=auth.uid()) $function$;

CREATE INDEX members_user_id_idx ON public.members (user_id) WHERE role = 'a'::text;

CREATE TABLE public.n (
    id integer NOT NULL DEFAULT nextval('public.n_id_seq'::regclass),
    x integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    y text GENERATED ALWAYS AS ('a'::text) STORED,
    CONSTRAINT n_pkey PRIMARY KEY (id)
);

ALTER SEQUENCE public.n_id_seq OWNED BY public.n.id;

ALTER TABLE public.orgs
    ALTER COLUMN name TYPE character varying(80) USING CASE WHEN length(name) > 80 THEN name || '.' ELSE name END,
    ADD COLUMN status public.status NOT NULL DEFAULT 'review'::public.status,
    ADD COLUMN parent uuid,
    ADD CONSTRAINT orgs_parent_fkey FOREIGN KEY (parent) REFERENCES public.orgs(id);

CREATE TRIGGER touch BEFORE UPDATE ON public.orgs FOR EACH ROW EXECUTE FUNCTION public.touch();

ALTER TABLE public.orgs ENABLE ROW LEVEL SECURITY;

CREATE POLICY "members can read" ON public.orgs
    FOR SELECT
    TO authenticated
    USING (public.is_member(id));

GRANT SELECT ON TABLE public.orgs TO anon;

GRANT SELECT, INSERT ON TABLE public.orgs TO authenticated;

COMMENT ON COLUMN public.orgs.name IS 'n';

COMMENT ON TABLE public.orgs IS 'Org''s';

CREATE VIEW public.v WITH (security_invoker = true) AS
SELECT o.id,
    o.name,
    o.created_at,
    o.status,
    o.parent,
    count(m.*) AS count
   FROM public.orgs o
     LEFT JOIN public.members m ON m.org_id = o.id
  GROUP BY o.id;

ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT SELECT ON TABLES TO anon;
