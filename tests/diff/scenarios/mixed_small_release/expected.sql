-- +2 columns, +1 index, +1 grant, +1 comment, ~1 enum, ~1 column, ~1 policy
--   rewrite: public.project is rewritten: every row gets its own value of slug
--   grant widened: authenticated can do more with public.project.name

SET lock_timeout = '5s';

ALTER TYPE public.status ADD VALUE 'review' AFTER 'draft';

ALTER TABLE public.project
    ALTER COLUMN name TYPE character varying(120),
    ADD COLUMN slug text GENERATED ALWAYS AS (lower((name)::text)) STORED,
    ADD COLUMN archived_at timestamp with time zone;

CREATE INDEX project_live ON public.project (name) WHERE archived_at IS NULL;

ALTER POLICY read ON public.project
    USING (archived_at IS NULL);

GRANT UPDATE (name) ON TABLE public.project TO authenticated;

COMMENT ON TABLE public.project IS 'what a team works on';
