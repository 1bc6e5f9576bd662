-- +1 schema, +1 extension, +12 enums, +1 domain, +1 sequence, +36 tables, +62 indexes, +1 statistics object, +11 functions, +29 triggers, +70 policies, +2 views, +1 published table
--   rls widened: public.profiles: policy Signed-in people see profiles lets authenticated reach every row
--   lock: SHARE ROW EXCLUSIVE on auth.users briefly
--   lock: ACCESS EXCLUSIVE on storage.objects briefly

SET lock_timeout = '5s';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;

CREATE SCHEMA private;

GRANT USAGE ON SCHEMA private TO anon, authenticated, service_role;

COMMENT ON SCHEMA private IS 'Functions that policies and triggers call; the API does not serve this schema.';

CREATE TYPE public.access_level AS ENUM ('view', 'comment', 'edit');

CREATE TYPE public.api_scope AS ENUM (
    'scenes:read',
    'scenes:write',
    'assets:upload',
    'statistics:read'
);

CREATE TYPE public.asset_kind AS ENUM ('model', 'texture', 'environment', 'audio', 'thumbnail');

CREATE TYPE public.billing_interval AS ENUM ('month', 'year');

CREATE TYPE public.consent_kind AS ENUM ('terms', 'privacy', 'cookies', 'marketing');

CREATE TYPE public.data_request_kind AS ENUM ('export', 'erasure');

CREATE TYPE public.data_request_status AS ENUM ('open', 'running', 'done', 'refused');

CREATE TYPE public.organization_role AS ENUM ('viewer', 'editor', 'admin', 'owner');

COMMENT ON TYPE public.organization_role IS 'Ascending: a role includes those before it.';

CREATE TYPE public.project_visibility AS ENUM ('restricted', 'organization');

CREATE TYPE public.scene_status AS ENUM ('draft', 'in_review', 'published', 'archived');

CREATE DOMAIN public.slug AS text
    CONSTRAINT slug_form CHECK (VALUE ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text)
    CONSTRAINT slug_length CHECK (char_length(VALUE) >= 2 AND char_length(VALUE) <= 64);

COMMENT ON DOMAIN public.slug IS 'The part of a URL that names something: lower-case letters, digits and single hyphens.';

CREATE TYPE public.subscription_status AS ENUM ('trialing', 'active', 'past_due', 'canceled');

CREATE TYPE public.usage_metric AS ENUM ('views', 'storage_bytes', 'traffic_bytes', 'conversions');

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  raise exception 'rows of % are never changed', tg_table_name using errcode = 'restrict_violation';
end
$$;

COMMENT ON FUNCTION private.refuse_change() IS 'Makes a table append-only.';

create function private.set_updated_at()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
  new.updated_at := pg_catalog.now();
  return new;
end
$$;

CREATE SEQUENCE public.invoice_number_seq START WITH 1000;

GRANT SELECT, USAGE ON SEQUENCE public.invoice_number_seq TO service_role;

CREATE TABLE public.audit_events (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    organization_id uuid,
    actor_id uuid,
    action character varying(80) NOT NULL,
    subject character varying(200) NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    address inet,
    occurred_at timestamp with time zone NOT NULL DEFAULT now(),
    CONSTRAINT pk_audit_events PRIMARY KEY (id)
);

CREATE INDEX ix_audit_events_actor_id ON public.audit_events (actor_id);

CREATE INDEX ix_audit_events_details ON public.audit_events USING gin (details jsonb_path_ops);

CREATE INDEX ix_audit_events_recent ON public.audit_events (organization_id, occurred_at DESC);

CREATE INDEX ix_audit_events_time ON public.audit_events USING brin (occurred_at);

create trigger refuse_change
  before update or delete
  on public.audit_events
  for each row
  execute function private.refuse_change();

ALTER TABLE public.audit_events ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE public.audit_events TO authenticated;

GRANT SELECT, INSERT ON TABLE public.audit_events TO service_role;

CREATE TABLE public.consent_documents (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    kind public.consent_kind NOT NULL,
    locale character varying(12) NOT NULL DEFAULT 'en'::character varying,
    version integer NOT NULL,
    title character varying(200) NOT NULL,
    body character varying NOT NULL,
    published_at timestamp with time zone,
    CONSTRAINT pk_consent_documents PRIMARY KEY (id),
    CONSTRAINT uq_consent_documents_kind_locale_version UNIQUE (kind, locale, version),
    CONSTRAINT ck_consent_documents_version_positive CHECK (version > 0)
);

CREATE INDEX ix_consent_documents_current ON public.consent_documents (kind, locale) WHERE published_at IS NOT NULL;

create trigger set_updated_at
  before update
  on public.consent_documents
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.consent_documents ENABLE ROW LEVEL SECURITY;

create policy "Everyone reads published texts" on public.consent_documents
  for select
  to anon, authenticated
  using (published_at IS NOT NULL);

GRANT SELECT ON TABLE public.consent_documents TO anon, authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.consent_documents TO service_role;

CREATE TABLE public.consents (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL,
    document_id uuid NOT NULL,
    given_at timestamp with time zone NOT NULL DEFAULT now(),
    withdrawn_at timestamp with time zone,
    address inet,
    CONSTRAINT pk_consents PRIMARY KEY (id),
    CONSTRAINT ck_consents_withdrawn_later CHECK (withdrawn_at >= given_at),
    CONSTRAINT fk_consents_document_id FOREIGN KEY (document_id) REFERENCES public.consent_documents(id) ON DELETE RESTRICT,
    CONSTRAINT fk_consents_user_id FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);

CREATE INDEX ix_consents_document_id ON public.consents (document_id);

CREATE INDEX ix_consents_user_id ON public.consents (user_id);

CREATE UNIQUE INDEX uq_consents_standing ON public.consents (user_id, document_id) INCLUDE (given_at) WHERE withdrawn_at IS NULL;

ALTER TABLE public.consents ENABLE ROW LEVEL SECURITY;

create policy "Everyone decides for themselves" on public.consents
  for insert
  to authenticated
  with check (user_id = (select auth.uid()));

create policy "Everyone sees their own decisions" on public.consents
  for select
  to authenticated
  using (user_id = (select auth.uid()));

create policy "Everyone withdraws their own consent" on public.consents
  for update
  to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()) AND withdrawn_at IS NOT NULL);

GRANT SELECT, INSERT ON TABLE public.consents TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.consents TO service_role;

GRANT UPDATE (withdrawn_at) ON TABLE public.consents TO authenticated;

CREATE TABLE public.data_requests (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    user_id uuid NOT NULL,
    kind public.data_request_kind NOT NULL,
    status public.data_request_status NOT NULL DEFAULT 'open'::public.data_request_status,
    due_at timestamp with time zone NOT NULL DEFAULT (now() + '30 days'::interval),
    answer character varying,
    CONSTRAINT pk_data_requests PRIMARY KEY (id),
    CONSTRAINT ck_data_requests_refusal_has_answer CHECK (status <> 'refused'::public.data_request_status OR answer IS NOT NULL),
    CONSTRAINT fk_data_requests_user_id FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);

CREATE INDEX ix_data_requests_user_id ON public.data_requests (user_id);

CREATE UNIQUE INDEX uq_data_requests_open ON public.data_requests (user_id, kind) WHERE status = ANY (ARRAY['open'::public.data_request_status, 'running'::public.data_request_status]);

create trigger set_updated_at
  before update
  on public.data_requests
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.data_requests ENABLE ROW LEVEL SECURITY;

create policy "Everyone asks for themselves" on public.data_requests
  for insert
  to authenticated
  with check (user_id = (select auth.uid()) AND status = 'open');

create policy "Everyone sees their own requests" on public.data_requests
  for select
  to authenticated
  using (user_id = (select auth.uid()));

GRANT SELECT, INSERT ON TABLE public.data_requests TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.data_requests TO service_role;

CREATE TABLE public.organizations (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    name character varying NOT NULL,
    slug public.slug NOT NULL,
    personal boolean NOT NULL DEFAULT false,
    created_by uuid,
    settings jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT pk_organizations PRIMARY KEY (id),
    CONSTRAINT uq_organizations_slug UNIQUE (slug),
    CONSTRAINT ck_organizations_name_length CHECK (char_length(name::text) >= 1 AND char_length(name::text) <= 120),
    CONSTRAINT ck_organizations_settings_object CHECK (jsonb_typeof(settings) = 'object'::text),
    CONSTRAINT fk_organizations_created_by FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL
);

CREATE TABLE public.api_keys (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    name character varying(80) NOT NULL,
    prefix character varying(12) NOT NULL,
    key_hash character varying(64) NOT NULL,
    scopes public.api_scope[] NOT NULL,
    created_by uuid,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT pk_api_keys PRIMARY KEY (id),
    CONSTRAINT uq_api_keys_key_hash UNIQUE (key_hash),
    CONSTRAINT ck_api_keys_key_hash_form CHECK (key_hash::text ~ '^[0-9a-f]{64}$'::text),
    CONSTRAINT ck_api_keys_scopes_not_empty CHECK (cardinality(scopes) > 0),
    CONSTRAINT fk_api_keys_created_by FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_api_keys_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE
);

CREATE INDEX ix_api_keys_created_by ON public.api_keys (created_by);

CREATE INDEX ix_api_keys_live ON public.api_keys (organization_id, last_used_at) WHERE revoked_at IS NULL;

CREATE INDEX ix_api_keys_organization_id ON public.api_keys (organization_id);

create trigger set_updated_at
  before update
  on public.api_keys
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.api_keys ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.api_keys TO service_role;

GRANT SELECT (expires_at, id, last_used_at, name, organization_id, prefix, revoked_at, scopes), UPDATE (name, revoked_at) ON TABLE public.api_keys TO authenticated;

CREATE TABLE public.embed_domains (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    host character varying(253) NOT NULL,
    verified_at timestamp with time zone,
    CONSTRAINT pk_embed_domains PRIMARY KEY (id),
    CONSTRAINT ck_embed_domains_host_form CHECK (host::text = lower(host::text) AND host::text ~ '^[a-z0-9.-]+$'::text),
    CONSTRAINT fk_embed_domains_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE
);

CREATE UNIQUE INDEX uq_embed_domains_host ON public.embed_domains (organization_id, host);

create trigger set_updated_at
  before update
  on public.embed_domains
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.embed_domains ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.embed_domains TO authenticated, service_role;

CREATE TABLE public.organization_invitations (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    email character varying(320) NOT NULL,
    role public.organization_role NOT NULL DEFAULT 'viewer'::public.organization_role,
    token_hash character varying NOT NULL,
    invited_by uuid,
    expires_at timestamp with time zone NOT NULL DEFAULT (now() + '14 days'::interval),
    accepted_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT pk_organization_invitations PRIMARY KEY (id),
    CONSTRAINT uq_organization_invitations_token_hash UNIQUE (token_hash),
    CONSTRAINT ck_organization_invitations_email_form CHECK (email::text ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text),
    CONSTRAINT ck_organization_invitations_expires_later CHECK (expires_at > created_at),
    CONSTRAINT ck_organization_invitations_no_owner CHECK (role < 'owner'::public.organization_role),
    CONSTRAINT fk_organization_invitations_invited_by FOREIGN KEY (invited_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_organization_invitations_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE
);

CREATE INDEX ix_organization_invitations_invited_by ON public.organization_invitations (invited_by);

CREATE INDEX ix_organization_invitations_organization_id ON public.organization_invitations (organization_id);

CREATE UNIQUE INDEX uq_organization_invitations_open ON public.organization_invitations (organization_id, lower(email::text)) WHERE accepted_at IS NULL AND revoked_at IS NULL;

create trigger set_updated_at
  before update
  on public.organization_invitations
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.organization_invitations ENABLE ROW LEVEL SECURITY;

create policy "The invited read their invitation" on public.organization_invitations
  for select
  to authenticated
  using (lower(email) = lower((select (auth.jwt() ->> 'email'))));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.organization_invitations TO authenticated, service_role;

CREATE TABLE public.organization_members (
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    user_id uuid NOT NULL,
    role public.organization_role NOT NULL DEFAULT 'viewer'::public.organization_role,
    invited_by uuid,
    CONSTRAINT pk_organization_members PRIMARY KEY (organization_id, user_id),
    CONSTRAINT fk_organization_members_invited_by FOREIGN KEY (invited_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_organization_members_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE,
    CONSTRAINT fk_organization_members_user_id FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);

create function private.add_founder() returns trigger
  language plpgsql
  security definer
  set search_path = ''
as $$
begin
  if new.created_by is not null then
    insert into public.organization_members (organization_id, user_id, role)
    values (new.id, new.created_by, 'owner');
  end if;
  return new;
end
$$;

COMMENT ON FUNCTION private.add_founder() IS 'Makes the founder of an organisation its first owner.';

create function private.has_role(organization uuid, minimum public.organization_role)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.organization_members m
    where m.organization_id = organization and m.user_id = (select auth.uid()) and m.role >= minimum
  )
$$;

GRANT EXECUTE ON FUNCTION private.has_role(uuid, public.organization_role) TO authenticated, service_role;

COMMENT ON FUNCTION private.has_role(uuid, public.organization_role) IS 'Whether the signed-in user has at least that role in the organisation.';

create function private.is_member(organization uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.organization_members m
    where m.organization_id = organization and m.user_id = (select auth.uid())
  )
$$;

GRANT EXECUTE ON FUNCTION private.is_member(uuid) TO authenticated, service_role;

COMMENT ON FUNCTION private.is_member(uuid) IS 'Whether the signed-in user belongs to the organisation.';

create function public.accept_invitation(token text) returns uuid
  language plpgsql
  security definer
  set search_path = ''
as $$
declare
  invitation public.organization_invitations;
begin
  select * into invitation
  from public.organization_invitations i
  where i.token_hash = encode(sha256(convert_to(token, 'UTF8')), 'hex')
    and i.accepted_at is null
    and i.revoked_at is null
    and i.expires_at > now()
    and lower(i.email) = lower(auth.jwt() ->> 'email')
  for update;

  if not found then
    raise exception 'this invitation is not open, or is for somebody else' using errcode = 'no_data_found';
  end if;

  insert into public.organization_members (organization_id, user_id, role, invited_by)
  values (invitation.organization_id, auth.uid(), invitation.role, invitation.invited_by)
  on conflict (organization_id, user_id) do nothing;

  update public.organization_invitations set accepted_at = now() where id = invitation.id;
  return invitation.organization_id;
end
$$;

GRANT EXECUTE ON FUNCTION public.accept_invitation(text) TO authenticated;

COMMENT ON FUNCTION public.accept_invitation(text) IS 'Joins the organisation that an invitation is for; returns its id.';

create policy "Administrators see and revoke keys" on public.api_keys
  for all
  to authenticated
  using (private.has_role(organization_id, 'admin'))
  with check (private.has_role(organization_id, 'admin'));

create policy "Administrators read the audit trail" on public.audit_events
  for select
  to authenticated
  using (private.has_role(organization_id, 'admin'));

create policy "Administrators manage domains" on public.embed_domains
  for all
  to authenticated
  using (private.has_role(organization_id, 'admin'))
  with check (private.has_role(organization_id, 'admin'));

create policy "Members see domains" on public.embed_domains
  for select
  to authenticated
  using (private.is_member(organization_id));

create policy "Administrators manage invitations" on public.organization_invitations
  for all
  to authenticated
  using (private.has_role(organization_id, 'admin'))
  with check (private.has_role(organization_id, 'admin'));

CREATE INDEX ix_organization_members_invited_by ON public.organization_members (invited_by);

CREATE INDEX ix_organization_members_owners ON public.organization_members (organization_id) WHERE role = 'owner'::public.organization_role;

CREATE INDEX ix_organization_members_user_id ON public.organization_members (user_id);

create trigger set_updated_at
  before update
  on public.organization_members
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.organization_members ENABLE ROW LEVEL SECURITY;

create policy "Administrators manage members below themselves" on public.organization_members
  for all
  to authenticated
  using (private.has_role(organization_id, 'admin') AND role < 'owner')
  with check (private.has_role(organization_id, 'admin') AND role < 'owner');

create policy "Everyone may leave" on public.organization_members
  for delete
  to authenticated
  using (user_id = (select auth.uid()));

create policy "Members see each other" on public.organization_members
  for select
  to authenticated
  using (private.is_member(organization_id));

create policy "Owners manage all members" on public.organization_members
  for all
  to authenticated
  using (private.has_role(organization_id, 'owner'))
  with check (private.has_role(organization_id, 'owner'));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.organization_members TO authenticated, service_role;

CREATE INDEX ix_organizations_created_by ON public.organizations (created_by);

CREATE UNIQUE INDEX uq_organizations_personal_owner ON public.organizations (created_by) WHERE personal;

create trigger add_founder
  after insert on public.organizations
  for each row execute function private.add_founder();

create trigger set_updated_at
  before update
  on public.organizations
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

create policy "Administrators change their organisation" on public.organizations
  for update
  to authenticated
  using (private.has_role(id, 'admin'))
  with check (private.has_role(id, 'admin'));

create policy "Anyone signed in founds an organisation" on public.organizations
  for insert
  to authenticated
  with check (created_by = (select auth.uid()));

create policy "Members read their organisations" on public.organizations
  for select
  to authenticated
  using (private.is_member(id));

create policy "Owners delete their organisation" on public.organizations
  for delete
  to authenticated
  using (private.has_role(id, 'owner') AND NOT personal);

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.organizations TO authenticated, service_role;

COMMENT ON TABLE public.organizations IS 'The owners of projects, subscriptions and API keys.';

CREATE TABLE public.payment_events (
    id character varying(120) NOT NULL,
    kind character varying(120) NOT NULL,
    payload jsonb NOT NULL,
    received_at timestamp with time zone NOT NULL DEFAULT now(),
    handled_at timestamp with time zone,
    error character varying,
    CONSTRAINT pk_payment_events PRIMARY KEY (id)
);

CREATE INDEX ix_payment_events_open ON public.payment_events (received_at) WHERE handled_at IS NULL;

ALTER TABLE public.payment_events ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.payment_events TO service_role;

CREATE TABLE public.plans (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    slug public.slug NOT NULL,
    name character varying(80) NOT NULL,
    active boolean NOT NULL DEFAULT true,
    "position" integer NOT NULL DEFAULT 0,
    limits jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT pk_plans PRIMARY KEY (id),
    CONSTRAINT uq_plans_slug UNIQUE (slug)
);

CREATE TABLE public.plan_prices (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    plan_id uuid NOT NULL,
    currency character varying(3) NOT NULL,
    "interval" public.billing_interval NOT NULL,
    amount numeric(12,2) NOT NULL,
    active boolean NOT NULL DEFAULT true,
    CONSTRAINT pk_plan_prices PRIMARY KEY (id),
    CONSTRAINT ck_plan_prices_amount_not_negative CHECK (amount >= 0::numeric),
    CONSTRAINT ck_plan_prices_currency_form CHECK (currency::text ~ '^[A-Z]{3}$'::text),
    CONSTRAINT fk_plan_prices_plan_id FOREIGN KEY (plan_id) REFERENCES public.plans(id) ON DELETE CASCADE
);

CREATE INDEX ix_plan_prices_plan_id ON public.plan_prices (plan_id);

CREATE UNIQUE INDEX uq_plan_prices_active ON public.plan_prices (plan_id, currency, "interval") WHERE active;

create trigger set_updated_at
  before update
  on public.plan_prices
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.plan_prices ENABLE ROW LEVEL SECURITY;

create policy "Everyone sees prices on offer" on public.plan_prices
  for select
  to anon, authenticated
  using (active);

GRANT SELECT ON TABLE public.plan_prices TO anon, authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.plan_prices TO service_role;

create trigger set_updated_at
  before update
  on public.plans
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.plans ENABLE ROW LEVEL SECURITY;

create policy "Everyone sees plans on offer" on public.plans
  for select
  to anon, authenticated
  using (active);

GRANT SELECT ON TABLE public.plans TO anon, authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.plans TO service_role;

CREATE TABLE public.profiles (
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    id uuid NOT NULL,
    display_name character varying(80) NOT NULL,
    handle character varying(40),
    avatar_url character varying,
    locale character varying(12) NOT NULL DEFAULT 'en'::character varying,
    CONSTRAINT pk_profiles PRIMARY KEY (id),
    CONSTRAINT ck_profiles_avatar_url_form CHECK (avatar_url::text ~ '^https://'::text),
    CONSTRAINT ck_profiles_display_name_length CHECK (char_length(display_name::text) >= 1 AND char_length(display_name::text) <= 80),
    CONSTRAINT fk_profiles_id FOREIGN KEY (id) REFERENCES auth.users(id) ON DELETE CASCADE
);

create function private.create_profile()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
  insert into public.profiles (id, display_name)
  values (
    new.id,
    left(coalesce(nullif(new.raw_user_meta_data ->> 'name', ''), split_part(new.email, '@', 1), 'Anonymous'), 80)
  )
  on conflict (id) do nothing;
  return new;
end
$$;

COMMENT ON FUNCTION private.create_profile() IS 'Gives every new user a profile.';

create trigger create_profile
  after insert
  on auth.users
  for each row
  execute function private.create_profile();

CREATE UNIQUE INDEX uq_profiles_handle ON public.profiles (lower(handle::text));

create trigger set_updated_at
  before update
  on public.profiles
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;

create policy "Everyone changes their own profile" on public.profiles
  for update
  to authenticated
  using (id = (select auth.uid()))
  with check (id = (select auth.uid()));

create policy "Signed-in people see profiles" on public.profiles
  for select
  to authenticated
  using (true);

GRANT SELECT, UPDATE ON TABLE public.profiles TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.profiles TO service_role;

CREATE TABLE public.projects (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    name character varying(120) NOT NULL,
    slug public.slug NOT NULL,
    description character varying,
    visibility public.project_visibility NOT NULL DEFAULT 'organization'::public.project_visibility,
    created_by uuid,
    archived_at timestamp with time zone,
    CONSTRAINT pk_projects PRIMARY KEY (id),
    CONSTRAINT uq_projects_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT uq_projects_organization_id_slug UNIQUE (organization_id, slug),
    CONSTRAINT fk_projects_created_by FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_projects_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE
);

CREATE TABLE public.assets (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    project_id uuid NOT NULL,
    kind public.asset_kind NOT NULL,
    name character varying(255) NOT NULL,
    path character varying NOT NULL,
    media_type character varying(120) NOT NULL,
    bytes bigint NOT NULL,
    checksum character varying(64) NOT NULL,
    details jsonb NOT NULL DEFAULT '{}'::jsonb,
    uploaded_by uuid,
    CONSTRAINT pk_assets PRIMARY KEY (id),
    CONSTRAINT uq_assets_path UNIQUE (path),
    CONSTRAINT uq_assets_project_id_checksum UNIQUE (project_id, checksum),
    CONSTRAINT uq_assets_project_id_id UNIQUE (project_id, id),
    CONSTRAINT ck_assets_bytes_positive CHECK (bytes > 0),
    CONSTRAINT ck_assets_checksum_form CHECK (checksum::text ~ '^[0-9a-f]{64}$'::text),
    CONSTRAINT ck_assets_media_type_form CHECK (media_type::text ~ '^[a-z]+/[a-z0-9.+-]+$'::text),
    CONSTRAINT fk_assets_project_id FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE CASCADE,
    CONSTRAINT fk_assets_uploaded_by FOREIGN KEY (uploaded_by) REFERENCES auth.users(id) ON DELETE SET NULL
);

CREATE TABLE public.asset_variants (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    asset_id uuid NOT NULL,
    format character varying(20) NOT NULL,
    quality integer NOT NULL DEFAULT 100,
    path character varying NOT NULL,
    bytes bigint NOT NULL,
    CONSTRAINT pk_asset_variants PRIMARY KEY (id),
    CONSTRAINT uq_asset_variants_asset_id_format_quality UNIQUE (asset_id, format, quality),
    CONSTRAINT uq_asset_variants_path UNIQUE (path),
    CONSTRAINT ck_asset_variants_quality_range CHECK (quality >= 1 AND quality <= 100),
    CONSTRAINT fk_asset_variants_asset_id FOREIGN KEY (asset_id) REFERENCES public.assets(id) ON DELETE CASCADE
);

create trigger set_updated_at
  before update
  on public.asset_variants
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.asset_variants ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON TABLE public.asset_variants TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.asset_variants TO service_role;

CREATE INDEX ix_assets_kind ON public.assets (project_id, kind);

CREATE INDEX ix_assets_uploaded_by ON public.assets (uploaded_by);

create trigger set_updated_at
  before update
  on public.assets
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.assets ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.assets TO authenticated, service_role;

CREATE TABLE public.folders (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    project_id uuid NOT NULL,
    parent_id uuid,
    name character varying(120) NOT NULL,
    "position" integer NOT NULL DEFAULT 0,
    CONSTRAINT pk_folders PRIMARY KEY (id),
    CONSTRAINT uq_folders_project_id_id UNIQUE (project_id, id),
    CONSTRAINT ck_folders_not_its_own_parent CHECK (parent_id <> id),
    CONSTRAINT fk_folders_project_id FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE CASCADE,
    CONSTRAINT fk_folders_project_id_parent_id FOREIGN KEY (project_id, parent_id) REFERENCES public.folders(project_id, id) ON DELETE CASCADE
);

CREATE INDEX ix_folders_parent ON public.folders (project_id, parent_id);

CREATE UNIQUE INDEX uq_folders_name ON public.folders (project_id, parent_id, name) NULLS NOT DISTINCT;

create trigger set_updated_at
  before update
  on public.folders
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.folders ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.folders TO authenticated, service_role;

CREATE TABLE public.project_members (
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    project_id uuid NOT NULL,
    user_id uuid NOT NULL,
    access public.access_level NOT NULL DEFAULT 'view'::public.access_level,
    CONSTRAINT pk_project_members PRIMARY KEY (project_id, user_id),
    CONSTRAINT fk_project_members_project_id FOREIGN KEY (project_id) REFERENCES public.projects(id) ON DELETE CASCADE,
    CONSTRAINT fk_project_members_user_id FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);

create function private.can_edit_project(project uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.projects p
    where p.id = project
      and (
        private.has_role(p.organization_id, 'editor') and p.visibility <> 'restricted'
        or private.has_role(p.organization_id, 'admin')
        or exists (
          select from public.project_members m
          where m.project_id = p.id and m.user_id = (select auth.uid()) and m.access >= 'edit'
        )
      )
  )
$$;

GRANT EXECUTE ON FUNCTION private.can_edit_project(uuid) TO authenticated, service_role;

COMMENT ON FUNCTION private.can_edit_project(uuid) IS 'Whether the signed-in user may change the project and what is in it.';

create function private.can_view_project(project uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.projects p
    where p.id = project
      and (
        private.is_member(p.organization_id) and p.visibility <> 'restricted'
        or private.has_role(p.organization_id, 'admin')
        or exists (
          select from public.project_members m
          where m.project_id = p.id and m.user_id = (select auth.uid())
        )
      )
  )
$$;

GRANT EXECUTE ON FUNCTION private.can_view_project(uuid) TO authenticated, service_role;

COMMENT ON FUNCTION private.can_view_project(uuid) IS 'Whether the signed-in user may see the project.';

create policy "Participants see variants" on public.asset_variants
  for select
  to authenticated
  using (EXISTS (SELECT public.assets.id 
FROM public.assets 
WHERE public.assets.id = public.asset_variants.asset_id AND private.can_view_project(public.assets.project_id)));

create policy "Editors manage assets" on public.assets
  for all
  to authenticated
  using (private.can_edit_project(project_id))
  with check (private.can_edit_project(project_id));

create policy "Participants see assets" on public.assets
  for select
  to authenticated
  using (private.can_view_project(project_id));

create policy "Editors manage folders" on public.folders
  for all
  to authenticated
  using (private.can_edit_project(project_id))
  with check (private.can_edit_project(project_id));

create policy "Participants see folders" on public.folders
  for select
  to authenticated
  using (private.can_view_project(project_id));

CREATE INDEX ix_project_members_user_id ON public.project_members (user_id);

create trigger set_updated_at
  before update
  on public.project_members
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.project_members ENABLE ROW LEVEL SECURITY;

create policy "Editors manage participants" on public.project_members
  for all
  to authenticated
  using (private.can_edit_project(project_id))
  with check (private.can_edit_project(project_id));

create policy "Participants see each other" on public.project_members
  for select
  to authenticated
  using (private.can_view_project(project_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.project_members TO authenticated, service_role;

CREATE INDEX ix_projects_active ON public.projects (organization_id, name) WHERE archived_at IS NULL;

CREATE INDEX ix_projects_created_by ON public.projects (created_by);

create trigger set_updated_at
  before update
  on public.projects
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.projects ENABLE ROW LEVEL SECURITY;

create policy "Administrators delete projects" on public.projects
  for delete
  to authenticated
  using (private.has_role(organization_id, 'admin'));

create policy "Editors change projects" on public.projects
  for update
  to authenticated
  using (private.can_edit_project(id))
  with check (private.has_role(organization_id, 'editor'));

create policy "Editors start projects" on public.projects
  for insert
  to authenticated
  with check (private.has_role(organization_id, 'editor'));

create policy "People see projects they take part in" on public.projects
  for select
  to authenticated
  using (private.can_view_project(id));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.projects TO authenticated, service_role;

CREATE TABLE public.scenes (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    project_id uuid NOT NULL,
    folder_id uuid,
    name character varying(160) NOT NULL,
    description character varying NOT NULL DEFAULT ''::character varying,
    status public.scene_status NOT NULL DEFAULT 'draft'::public.scene_status,
    labels text[] NOT NULL DEFAULT '{}'::text[],
    created_by uuid,
    search tsvector GENERATED ALWAYS AS ((setweight(to_tsvector('simple'::regconfig, (name)::text), 'A'::"char") || setweight(to_tsvector('simple'::regconfig, (description)::text), 'B'::"char"))) STORED,
    CONSTRAINT pk_scenes PRIMARY KEY (id),
    CONSTRAINT uq_scenes_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT ck_scenes_labels_limit CHECK (cardinality(labels) <= 20),
    CONSTRAINT ck_scenes_name_length CHECK (char_length(name::text) >= 1 AND char_length(name::text) <= 160),
    CONSTRAINT fk_scenes_created_by FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_scenes_organization_id_project_id FOREIGN KEY (organization_id, project_id) REFERENCES public.projects(organization_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_scenes_project_id_folder_id FOREIGN KEY (project_id, folder_id) REFERENCES public.folders(project_id, id) ON DELETE SET NULL (folder_id)
);

CREATE TABLE public.scene_assets (
    scene_id uuid NOT NULL,
    asset_id uuid NOT NULL,
    project_id uuid NOT NULL,
    node character varying(200) NOT NULL DEFAULT ''::character varying,
    CONSTRAINT pk_scene_assets PRIMARY KEY (scene_id, asset_id),
    CONSTRAINT fk_scene_assets_project_id_asset_id FOREIGN KEY (project_id, asset_id) REFERENCES public.assets(project_id, id) ON DELETE RESTRICT,
    CONSTRAINT fk_scene_assets_scene_id FOREIGN KEY (scene_id) REFERENCES public.scenes(id) ON DELETE CASCADE
);

CREATE INDEX ix_scene_assets_asset ON public.scene_assets (project_id, asset_id);

ALTER TABLE public.scene_assets ENABLE ROW LEVEL SECURITY;

GRANT SELECT, INSERT, DELETE ON TABLE public.scene_assets TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_assets TO service_role;

CREATE TABLE public.scene_comments (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    scene_id uuid NOT NULL,
    parent_id uuid,
    author_id uuid,
    body character varying NOT NULL,
    anchor jsonb,
    resolved_at timestamp with time zone,
    CONSTRAINT pk_scene_comments PRIMARY KEY (id),
    CONSTRAINT uq_scene_comments_scene_id_id UNIQUE (scene_id, id),
    CONSTRAINT ck_scene_comments_answers_have_no_anchor CHECK (anchor IS NULL OR parent_id IS NULL),
    CONSTRAINT ck_scene_comments_body_length CHECK (char_length(body::text) >= 1 AND char_length(body::text) <= 4000),
    CONSTRAINT fk_scene_comments_author_id FOREIGN KEY (author_id) REFERENCES public.profiles(id) ON DELETE SET NULL,
    CONSTRAINT fk_scene_comments_scene_id FOREIGN KEY (scene_id) REFERENCES public.scenes(id) ON DELETE CASCADE,
    CONSTRAINT fk_scene_comments_scene_id_parent_id FOREIGN KEY (scene_id, parent_id) REFERENCES public.scene_comments(scene_id, id) ON DELETE CASCADE
);

CREATE INDEX ix_scene_comments_author_id ON public.scene_comments (author_id);

CREATE INDEX ix_scene_comments_open ON public.scene_comments (scene_id, created_at DESC) WHERE resolved_at IS NULL;

CREATE INDEX ix_scene_comments_parent ON public.scene_comments (scene_id, parent_id);

ALTER TABLE public.scene_comments REPLICA IDENTITY FULL;

create trigger set_updated_at
  before update
  on public.scene_comments
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.scene_comments ENABLE ROW LEVEL SECURITY;

create policy "Authors delete comments" on public.scene_comments
  for delete
  to authenticated
  using (author_id = (select auth.uid()));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_comments TO authenticated, service_role;

ALTER PUBLICATION supabase_realtime ADD TABLE public.scene_comments;

CREATE TABLE public.scene_permissions (
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    scene_id uuid NOT NULL,
    user_id uuid NOT NULL,
    access public.access_level NOT NULL DEFAULT 'view'::public.access_level,
    granted_by uuid,
    expires_at timestamp with time zone,
    CONSTRAINT pk_scene_permissions PRIMARY KEY (scene_id, user_id),
    CONSTRAINT fk_scene_permissions_granted_by FOREIGN KEY (granted_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_scene_permissions_scene_id FOREIGN KEY (scene_id) REFERENCES public.scenes(id) ON DELETE CASCADE,
    CONSTRAINT fk_scene_permissions_user_id FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE
);

create function private.can_edit_scene(scene uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.scenes s
    where s.id = scene
      and (
        private.can_edit_project(s.project_id)
        or exists (
          select from public.scene_permissions p
          where p.scene_id = s.id
            and p.user_id = (select auth.uid())
            and p.access >= 'edit'
            and (p.expires_at is null or p.expires_at > now())
        )
      )
  )
$$;

GRANT EXECUTE ON FUNCTION private.can_edit_scene(uuid) TO authenticated, service_role;

COMMENT ON FUNCTION private.can_edit_scene(uuid) IS 'Whether the signed-in user may change the scene.';

create function private.can_view_scene(scene uuid)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
  select exists (
    select from public.scenes s
    where s.id = scene
      and (
        private.can_view_project(s.project_id)
        or exists (
          select from public.scene_permissions p
          where p.scene_id = s.id
            and p.user_id = (select auth.uid())
            and (p.expires_at is null or p.expires_at > now())
        )
      )
  )
$$;

GRANT EXECUTE ON FUNCTION private.can_view_scene(uuid) TO authenticated, service_role;

COMMENT ON FUNCTION private.can_view_scene(uuid) IS 'Whether the signed-in user may see the scene.';

create policy "Editors choose what a scene uses" on public.scene_assets
  for all
  to authenticated
  using (private.can_edit_scene(scene_id))
  with check (private.can_edit_scene(scene_id));

create policy "Participants see what a scene uses" on public.scene_assets
  for select
  to authenticated
  using (private.can_view_scene(scene_id));

create policy "Authors and editors change comments" on public.scene_comments
  for update
  to authenticated
  using (author_id = (select auth.uid()) OR private.can_edit_scene(scene_id))
  with check (author_id = (select auth.uid()) OR private.can_edit_scene(scene_id));

create policy "Participants comment in their own name" on public.scene_comments
  for insert
  to authenticated
  with check (author_id = (select auth.uid()) AND private.can_view_scene(scene_id));

create policy "Participants read comments" on public.scene_comments
  for select
  to authenticated
  using (private.can_view_scene(scene_id));

CREATE INDEX ix_scene_permissions_granted_by ON public.scene_permissions (granted_by);

CREATE INDEX ix_scene_permissions_user_id ON public.scene_permissions (user_id);

create trigger set_updated_at
  before update
  on public.scene_permissions
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.scene_permissions ENABLE ROW LEVEL SECURITY;

create policy "Editors share scenes" on public.scene_permissions
  for all
  to authenticated
  using (private.can_edit_scene(scene_id))
  with check (private.can_edit_scene(scene_id));

create policy "People see their own permissions and those they manage" on public.scene_permissions
  for select
  to authenticated
  using (user_id = (select auth.uid()) OR private.can_edit_scene(scene_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_permissions TO authenticated, service_role;

CREATE TABLE public.scene_settings (
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    scene_id uuid NOT NULL,
    camera jsonb NOT NULL DEFAULT '{}'::jsonb,
    lights jsonb NOT NULL DEFAULT '{}'::jsonb,
    exposure double precision NOT NULL DEFAULT 1,
    background character varying(7) NOT NULL DEFAULT '#ffffff'::character varying,
    auto_rotate boolean NOT NULL DEFAULT false,
    CONSTRAINT pk_scene_settings PRIMARY KEY (scene_id),
    CONSTRAINT ck_scene_settings_background_form CHECK (background::text ~ '^#[0-9a-f]{6}$'::text),
    CONSTRAINT ck_scene_settings_camera_object CHECK (jsonb_typeof(camera) = 'object'::text),
    CONSTRAINT ck_scene_settings_exposure_range CHECK (exposure >= 0::double precision AND exposure <= 10::double precision),
    CONSTRAINT fk_scene_settings_scene_id FOREIGN KEY (scene_id) REFERENCES public.scenes(id) ON DELETE CASCADE
);

create trigger set_updated_at
  before update
  on public.scene_settings
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.scene_settings ENABLE ROW LEVEL SECURITY;

create policy "Editors change settings" on public.scene_settings
  for all
  to authenticated
  using (private.can_edit_scene(scene_id))
  with check (private.can_edit_scene(scene_id));

create policy "Participants see settings" on public.scene_settings
  for select
  to authenticated
  using (private.can_view_scene(scene_id));

GRANT SELECT, INSERT, UPDATE ON TABLE public.scene_settings TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_settings TO service_role;

CREATE TABLE public.scene_statistics (
    scene_id uuid NOT NULL,
    day date NOT NULL,
    views bigint NOT NULL DEFAULT 0,
    visitors bigint NOT NULL DEFAULT 0,
    seconds bigint NOT NULL DEFAULT 0,
    seconds_per_view double precision GENERATED ALWAYS AS ((seconds)::double precision / (NULLIF(views, 0))::double precision) STORED,
    CONSTRAINT pk_scene_statistics PRIMARY KEY (scene_id, day),
    CONSTRAINT ck_scene_statistics_not_negative CHECK (views >= 0 AND visitors >= 0 AND seconds >= 0),
    CONSTRAINT fk_scene_statistics_scene_id FOREIGN KEY (scene_id) REFERENCES public.scenes(id) ON DELETE CASCADE
) WITH (fillfactor = 70);

CREATE INDEX ix_scene_statistics_day ON public.scene_statistics (day) INCLUDE (views);

ALTER TABLE public.scene_statistics ENABLE ROW LEVEL SECURITY;

create policy "Participants see statistics" on public.scene_statistics
  for select
  to authenticated
  using (private.can_view_scene(scene_id));

GRANT SELECT ON TABLE public.scene_statistics TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_statistics TO service_role;

CREATE TABLE public.scene_versions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    scene_id uuid NOT NULL,
    number integer NOT NULL,
    parent_id uuid,
    document jsonb NOT NULL,
    note character varying(500),
    created_by uuid,
    CONSTRAINT pk_scene_versions PRIMARY KEY (id),
    CONSTRAINT uq_scene_versions_scene_id_id UNIQUE (scene_id, id),
    CONSTRAINT uq_scene_versions_scene_id_number UNIQUE (scene_id, number),
    CONSTRAINT ck_scene_versions_number_positive CHECK (number > 0),
    CONSTRAINT fk_scene_versions_created_by FOREIGN KEY (created_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_scene_versions_scene_id FOREIGN KEY (scene_id) REFERENCES public.scenes(id) ON DELETE CASCADE,
    CONSTRAINT fk_scene_versions_scene_id_parent_id FOREIGN KEY (scene_id, parent_id) REFERENCES public.scene_versions(scene_id, id)
);

CREATE TABLE public.scene_publications (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    scene_id uuid NOT NULL,
    version_id uuid NOT NULL,
    address public.slug NOT NULL,
    options jsonb NOT NULL DEFAULT '{}'::jsonb,
    published_by uuid,
    published_at timestamp with time zone NOT NULL DEFAULT now(),
    withdrawn_at timestamp with time zone,
    CONSTRAINT pk_scene_publications PRIMARY KEY (id),
    CONSTRAINT uq_scene_publications_address UNIQUE (address),
    CONSTRAINT ck_scene_publications_withdrawn_later CHECK (withdrawn_at > published_at),
    CONSTRAINT fk_scene_publications_published_by FOREIGN KEY (published_by) REFERENCES auth.users(id) ON DELETE SET NULL,
    CONSTRAINT fk_scene_publications_scene_id FOREIGN KEY (scene_id) REFERENCES public.scenes(id) ON DELETE CASCADE,
    CONSTRAINT fk_scene_publications_scene_id_version_id FOREIGN KEY (scene_id, version_id) REFERENCES public.scene_versions(scene_id, id) ON DELETE RESTRICT
);

CREATE INDEX ix_scene_publications_published_by ON public.scene_publications (published_by);

CREATE INDEX ix_scene_publications_version ON public.scene_publications (scene_id, version_id);

CREATE UNIQUE INDEX uq_scene_publications_live ON public.scene_publications (scene_id) WHERE withdrawn_at IS NULL;

create trigger set_updated_at
  before update
  on public.scene_publications
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.scene_publications ENABLE ROW LEVEL SECURITY;

create policy "Editors publish" on public.scene_publications
  for insert
  to authenticated
  with check (private.can_edit_scene(scene_id));

create policy "Editors withdraw" on public.scene_publications
  for update
  to authenticated
  using (private.can_edit_scene(scene_id))
  with check (private.can_edit_scene(scene_id));

create policy "Everyone sees what is live" on public.scene_publications
  for select
  to anon, authenticated
  using (withdrawn_at IS NULL AND published_at <= now());

create policy "Participants see the history" on public.scene_publications
  for select
  to authenticated
  using (private.can_view_scene(scene_id));

GRANT SELECT ON TABLE public.scene_publications TO anon;

GRANT SELECT, INSERT, UPDATE ON TABLE public.scene_publications TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_publications TO service_role;

CREATE INDEX ix_scene_versions_created_by ON public.scene_versions (created_by);

CREATE INDEX ix_scene_versions_parent ON public.scene_versions (scene_id, parent_id);

create trigger set_updated_at
  before update
  on public.scene_versions
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.scene_versions ENABLE ROW LEVEL SECURITY;

create policy "Editors save versions" on public.scene_versions
  for insert
  to authenticated
  with check (private.can_edit_scene(scene_id));

create policy "Participants see versions" on public.scene_versions
  for select
  to authenticated
  using (private.can_view_scene(scene_id));

GRANT SELECT, INSERT ON TABLE public.scene_versions TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_versions TO service_role;

CREATE INDEX ix_scenes_created_by ON public.scenes (created_by);

CREATE INDEX ix_scenes_folder ON public.scenes (project_id, folder_id);

CREATE INDEX ix_scenes_labels ON public.scenes USING gin (labels);

CREATE INDEX ix_scenes_name ON public.scenes USING gin (name extensions.gin_trgm_ops);

CREATE INDEX ix_scenes_open ON public.scenes (project_id, status) WHERE status <> 'archived'::public.scene_status;

CREATE INDEX ix_scenes_project ON public.scenes (organization_id, project_id);

CREATE INDEX ix_scenes_search ON public.scenes USING gin (search);

create trigger set_updated_at
  before update
  on public.scenes
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.scenes ENABLE ROW LEVEL SECURITY;

create policy "Editors add scenes" on public.scenes
  for insert
  to authenticated
  with check (private.can_edit_project(project_id));

create policy "Editors change scenes" on public.scenes
  for update
  to authenticated
  using (private.can_edit_scene(id))
  with check (private.can_edit_project(project_id) OR private.can_edit_scene(id));

create policy "Editors delete scenes" on public.scenes
  for delete
  to authenticated
  using (private.can_edit_project(project_id));

create policy "Everyone sees published scenes" on public.scenes
  for select
  to anon, authenticated
  using (status = 'published');

create policy "Participants see scenes" on public.scenes
  for select
  to authenticated
  using (private.can_view_scene(id));

GRANT SELECT ON TABLE public.scenes TO anon;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scenes TO authenticated, service_role;

COMMENT ON TABLE public.scenes IS '3D scenes. What visitors see is a version of it, chosen by a publication.';

CREATE TABLE public.subscriptions (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    price_id uuid NOT NULL,
    status public.subscription_status NOT NULL DEFAULT 'trialing'::public.subscription_status,
    seats integer NOT NULL DEFAULT 1,
    period_start timestamp with time zone NOT NULL,
    period_end timestamp with time zone NOT NULL,
    canceled_at timestamp with time zone,
    external_id character varying,
    CONSTRAINT pk_subscriptions PRIMARY KEY (id),
    CONSTRAINT uq_subscriptions_external_id UNIQUE (external_id),
    CONSTRAINT ck_subscriptions_canceled_at_when_canceled CHECK ((status = 'canceled'::public.subscription_status) = (canceled_at IS NOT NULL)),
    CONSTRAINT ck_subscriptions_period CHECK (period_end > period_start),
    CONSTRAINT ck_subscriptions_seats_positive CHECK (seats > 0),
    CONSTRAINT fk_subscriptions_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE,
    CONSTRAINT fk_subscriptions_price_id FOREIGN KEY (price_id) REFERENCES public.plan_prices(id) ON DELETE RESTRICT
);

create policy "Only with a running subscription" on public.embed_domains
  as restrictive
  for insert
  to authenticated
  with check (exists (select from public.subscriptions s where s.organization_id = embed_domains.organization_id and s.status in ('trialing', 'active')));

CREATE TABLE public.invoices (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    number bigint NOT NULL DEFAULT nextval('public.invoice_number_seq'::regclass),
    organization_id uuid NOT NULL,
    subscription_id uuid,
    currency character varying(3) NOT NULL,
    net numeric(12,2) NOT NULL,
    tax_rate numeric(5,4) NOT NULL,
    gross numeric(12,2) GENERATED ALWAYS AS (round((net * ((1)::numeric + tax_rate)), 2)) STORED,
    issued_at timestamp with time zone NOT NULL DEFAULT now(),
    due_at timestamp with time zone NOT NULL,
    paid_at timestamp with time zone,
    CONSTRAINT pk_invoices PRIMARY KEY (id),
    CONSTRAINT uq_invoices_number UNIQUE (number),
    CONSTRAINT ck_invoices_amounts CHECK (net >= 0::numeric AND tax_rate >= 0::numeric AND tax_rate <= 1::numeric),
    CONSTRAINT fk_invoices_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE RESTRICT,
    CONSTRAINT fk_invoices_subscription_id FOREIGN KEY (subscription_id) REFERENCES public.subscriptions(id) ON DELETE SET NULL
);

ALTER SEQUENCE public.invoice_number_seq OWNED BY public.invoices.number;

CREATE INDEX ix_invoices_organization_id ON public.invoices (organization_id);

CREATE INDEX ix_invoices_subscription_id ON public.invoices (subscription_id);

CREATE INDEX ix_invoices_unpaid ON public.invoices (due_at) WHERE paid_at IS NULL;

create trigger set_updated_at
  before update
  on public.invoices
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.invoices ENABLE ROW LEVEL SECURITY;

create policy "Administrators see invoices" on public.invoices
  for select
  to authenticated
  using (private.has_role(organization_id, 'admin'));

GRANT SELECT ON TABLE public.invoices TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.invoices TO service_role;

CREATE INDEX ix_subscriptions_organization_id ON public.subscriptions (organization_id);

CREATE INDEX ix_subscriptions_price_id ON public.subscriptions (price_id);

CREATE UNIQUE INDEX uq_subscriptions_current ON public.subscriptions (organization_id) WHERE status <> 'canceled'::public.subscription_status;

create trigger set_updated_at
  before update
  on public.subscriptions
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.subscriptions ENABLE ROW LEVEL SECURITY;

create policy "Administrators see subscriptions" on public.subscriptions
  for select
  to authenticated
  using (private.has_role(organization_id, 'admin'));

GRANT SELECT ON TABLE public.subscriptions TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.subscriptions TO service_role;

CREATE TABLE public.tags (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    name character varying(60) NOT NULL,
    color character varying(7) NOT NULL DEFAULT '#6b7280'::character varying,
    CONSTRAINT pk_tags PRIMARY KEY (id),
    CONSTRAINT uq_tags_organization_id_id UNIQUE (organization_id, id),
    CONSTRAINT ck_tags_color_form CHECK (color::text ~ '^#[0-9a-f]{6}$'::text),
    CONSTRAINT fk_tags_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE
);

CREATE TABLE public.scene_tags (
    scene_id uuid NOT NULL,
    tag_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    CONSTRAINT pk_scene_tags PRIMARY KEY (scene_id, tag_id),
    CONSTRAINT fk_scene_tags_organization_id_scene_id FOREIGN KEY (organization_id, scene_id) REFERENCES public.scenes(organization_id, id) ON DELETE CASCADE,
    CONSTRAINT fk_scene_tags_organization_id_tag_id FOREIGN KEY (organization_id, tag_id) REFERENCES public.tags(organization_id, id) ON DELETE CASCADE
);

CREATE INDEX ix_scene_tags_scene ON public.scene_tags (organization_id, scene_id);

CREATE INDEX ix_scene_tags_tag ON public.scene_tags (organization_id, tag_id);

ALTER TABLE public.scene_tags ENABLE ROW LEVEL SECURITY;

create policy "Editors tag scenes" on public.scene_tags
  for all
  to authenticated
  using (private.can_edit_scene(scene_id))
  with check (private.can_edit_scene(scene_id));

create policy "Participants see tags of scenes" on public.scene_tags
  for select
  to authenticated
  using (private.can_view_scene(scene_id));

GRANT SELECT, INSERT, DELETE ON TABLE public.scene_tags TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.scene_tags TO service_role;

CREATE UNIQUE INDEX uq_tags_name ON public.tags (organization_id, lower(name::text));

create trigger set_updated_at
  before update
  on public.tags
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.tags ENABLE ROW LEVEL SECURITY;

create policy "Editors manage tags" on public.tags
  for all
  to authenticated
  using (private.has_role(organization_id, 'editor'))
  with check (private.has_role(organization_id, 'editor'));

create policy "Members read tags" on public.tags
  for select
  to authenticated
  using (private.is_member(organization_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.tags TO authenticated, service_role;

CREATE TABLE public.usage_quotas (
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    organization_id uuid NOT NULL,
    metric public.usage_metric NOT NULL,
    allowed bigint NOT NULL,
    used bigint NOT NULL DEFAULT '0'::bigint,
    overage bigint GENERATED ALWAYS AS (GREATEST((used - allowed), (0)::bigint)) STORED,
    CONSTRAINT pk_usage_quotas PRIMARY KEY (organization_id, metric),
    CONSTRAINT ck_usage_quotas_not_negative CHECK (allowed >= 0 AND used >= 0),
    CONSTRAINT fk_usage_quotas_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE
);

create trigger set_updated_at
  before update
  on public.usage_quotas
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.usage_quotas ENABLE ROW LEVEL SECURITY;

create policy "Members see quotas" on public.usage_quotas
  for select
  to authenticated
  using (private.is_member(organization_id));

GRANT SELECT ON TABLE public.usage_quotas TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.usage_quotas TO service_role;

CREATE TABLE public.usage_records (
    id bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
    day date NOT NULL,
    organization_id uuid NOT NULL,
    metric public.usage_metric NOT NULL,
    quantity bigint NOT NULL,
    CONSTRAINT pk_usage_records PRIMARY KEY (id, day),
    CONSTRAINT ck_usage_records_quantity_positive CHECK (quantity > 0),
    CONSTRAINT fk_usage_records_organization_id FOREIGN KEY (organization_id) REFERENCES public.organizations(id) ON DELETE CASCADE
) PARTITION BY RANGE (day);

CREATE INDEX ix_usage_records_organization_id ON public.usage_records (organization_id);

create statistics public.st_usage_records (ndistinct, dependencies) on organization_id, metric from public.usage_records;

ALTER TABLE public.usage_records ENABLE ROW LEVEL SECURITY;

create policy "Administrators see usage" on public.usage_records
  for select
  to authenticated
  using (private.has_role(organization_id, 'admin'));

GRANT SELECT ON TABLE public.usage_records TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.usage_records TO service_role;

CREATE TABLE public.usage_records_2026 PARTITION OF public.usage_records FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');

ALTER TABLE public.usage_records_2026 ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.usage_records_2027 PARTITION OF public.usage_records FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');

ALTER TABLE public.usage_records_2027 ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.usage_records_other PARTITION OF public.usage_records DEFAULT;

ALTER TABLE public.usage_records_other ENABLE ROW LEVEL SECURITY;

CREATE TABLE public.user_preferences (
    created_at timestamp with time zone NOT NULL DEFAULT now(),
    updated_at timestamp with time zone NOT NULL DEFAULT now(),
    user_id uuid NOT NULL,
    theme character varying(10) NOT NULL DEFAULT 'system'::character varying,
    email_digest boolean NOT NULL DEFAULT true,
    editor jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT pk_user_preferences PRIMARY KEY (user_id),
    CONSTRAINT ck_user_preferences_theme CHECK (theme::text = ANY (ARRAY['system'::text, 'light'::text, 'dark'::text])),
    CONSTRAINT fk_user_preferences_user_id FOREIGN KEY (user_id) REFERENCES public.profiles(id) ON DELETE CASCADE
);

create trigger set_updated_at
  before update
  on public.user_preferences
  for each row
  execute function private.set_updated_at();

ALTER TABLE public.user_preferences ENABLE ROW LEVEL SECURITY;

create policy "Everyone keeps their own preferences" on public.user_preferences
  for all
  to authenticated
  using (user_id = (select auth.uid()))
  with check (user_id = (select auth.uid()));

GRANT SELECT, INSERT, UPDATE ON TABLE public.user_preferences TO authenticated;

GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.user_preferences TO service_role;

create policy "Editors delete asset files" on storage.objects
  for delete
  to authenticated
  using (bucket_id = 'assets' AND private.can_edit_project(CAST(split_part(name, '/', 1) AS UUID)));

create policy "Editors upload asset files" on storage.objects
  for insert
  to authenticated
  with check (bucket_id = 'assets' AND private.can_edit_project(CAST(split_part(name, '/', 1) AS UUID)));

create policy "Participants read asset files" on storage.objects
  for select
  to authenticated
  using (bucket_id = 'assets' AND private.can_view_project(CAST(split_part(name, '/', 1) AS UUID)));

create view public.organization_overview
  with (security_invoker = true) as
SELECT
  public.organizations.id,
  public.organizations.name,
  public.organizations.slug,
  (
    SELECT count(*) AS count_1
    FROM public.organization_members
    WHERE public.organization_members.organization_id = public.organizations.id
  ) AS members,
  (
    SELECT count(*) AS count_2
    FROM public.projects
    WHERE
      public.projects.organization_id = public.organizations.id
      AND public.projects.archived_at IS NULL
  ) AS projects,
  (
    SELECT count(*) AS count_3
    FROM public.scenes
    WHERE public.scenes.organization_id = public.organizations.id
  ) AS scenes
FROM public.organizations;

GRANT SELECT ON TABLE public.organization_overview TO authenticated, service_role;

COMMENT ON VIEW public.organization_overview IS 'An organisation with the numbers of its members, open projects and scenes that the reader may see.';

create view public.published_scenes
  with (security_invoker = true) as
SELECT
  public.scene_publications.address,
  public.scene_publications.published_at,
  public.scene_publications.options,
  public.scene_publications.version_id,
  public.scenes.id AS scene_id,
  public.scenes.name,
  public.scenes.description,
  public.scenes.labels
FROM
  public.scene_publications
  JOIN public.scenes ON public.scenes.id = public.scene_publications.scene_id
WHERE public.scene_publications.withdrawn_at IS NULL;

GRANT SELECT ON TABLE public.published_scenes TO anon, authenticated, service_role;

COMMENT ON VIEW public.published_scenes IS 'What the world sees: every scene that is live, by its address.';
