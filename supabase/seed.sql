-- Rows for development: `inv supabase-db-reset` loads them after the migrations. Never sent to a hosted database by a task.
--
-- Everyone signs in with the password `only-for-development`.

insert into auth.users (
  instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data,
  created_at, updated_at, confirmation_token, recovery_token, email_change, email_change_token_new
)
select
  '00000000-0000-0000-0000-000000000000', person.id::uuid, 'authenticated', 'authenticated', person.email,
  extensions.crypt('only-for-development', extensions.gen_salt('bf', 6)), now(),
  '{"provider": "email", "providers": ["email"]}', jsonb_build_object('name', person.name),
  now() - person.days * interval '1 day', now(), '', '', '', ''
from (
  values
    ('a1000000-0000-4000-8000-000000000001', 'mira@atelier-nord.test', 'Mira Lindqvist', 200),
    ('a1000000-0000-4000-8000-000000000002', 'jonas@atelier-nord.test', 'Jonas Weber', 180),
    ('a1000000-0000-4000-8000-000000000003', 'amara@atelier-nord.test', 'Amara Okafor', 90),
    ('a1000000-0000-4000-8000-000000000004', 'li@kiln-ceramics.test', 'Li Wei', 60),
    ('a1000000-0000-4000-8000-000000000005', 'sofia@kiln-ceramics.test', 'Sofia Duarte', 12)
) as person (id, email, name, days);

insert into auth.identities (id, user_id, provider_id, provider, identity_data, last_sign_in_at, created_at, updated_at)
select
  gen_random_uuid(), u.id, u.id::text, 'email',
  jsonb_build_object('sub', u.id, 'email', u.email, 'email_verified', true), now(), u.created_at, now()
from auth.users u
where u.email like '%.test';

-- The trigger on auth.users has made the profiles.
update public.profiles set handle = 'mira', locale = 'sv' where id = 'a1000000-0000-4000-8000-000000000001';
update public.profiles set handle = 'jonas', locale = 'de' where id = 'a1000000-0000-4000-8000-000000000002';

insert into public.user_preferences (user_id, theme, editor)
values ('a1000000-0000-4000-8000-000000000001', 'dark', '{"grid": true, "units": "cm"}');

-- The founders become owners by a trigger.
insert into public.organizations (id, name, slug, personal, created_by) values
  ('b1000000-0000-4000-8000-000000000001', 'Atelier Nord', 'atelier-nord', false, 'a1000000-0000-4000-8000-000000000001'),
  ('b1000000-0000-4000-8000-000000000002', 'Kiln Ceramics', 'kiln-ceramics', false, 'a1000000-0000-4000-8000-000000000004'),
  ('b1000000-0000-4000-8000-000000000003', 'Sofia''s space', 'sofia', true, 'a1000000-0000-4000-8000-000000000005');

insert into public.organization_members (organization_id, user_id, role, invited_by) values
  ('b1000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000002', 'admin', 'a1000000-0000-4000-8000-000000000001'),
  ('b1000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000003', 'editor', 'a1000000-0000-4000-8000-000000000002'),
  ('b1000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000005', 'viewer', 'a1000000-0000-4000-8000-000000000004');

insert into public.organization_invitations (organization_id, email, role, token_hash, invited_by) values
  (
    'b1000000-0000-4000-8000-000000000001', 'Priya@Atelier-Nord.test', 'editor',
    encode(sha256('welcome-priya'), 'hex'), 'a1000000-0000-4000-8000-000000000002'
  );

insert into public.tags (id, organization_id, name, color) values
  ('c1000000-0000-4000-8000-000000000001', 'b1000000-0000-4000-8000-000000000001', 'Furniture', '#b45309'),
  ('c1000000-0000-4000-8000-000000000002', 'b1000000-0000-4000-8000-000000000001', 'Client work', '#1d4ed8'),
  ('c1000000-0000-4000-8000-000000000003', 'b1000000-0000-4000-8000-000000000002', 'Tableware', '#15803d');

insert into public.plans (id, slug, name, position, limits) values
  ('d1000000-0000-4000-8000-000000000001', 'free', 'Free', 1, '{"scenes": 3, "storage_gb": 1}'),
  ('d1000000-0000-4000-8000-000000000002', 'studio', 'Studio', 2, '{"scenes": 100, "storage_gb": 50}'),
  ('d1000000-0000-4000-8000-000000000003', 'scale', 'Scale', 3, '{"scenes": null, "storage_gb": 500}');

insert into public.plan_prices (id, plan_id, currency, interval, amount) values
  ('d2000000-0000-4000-8000-000000000001', 'd1000000-0000-4000-8000-000000000001', 'EUR', 'month', 0),
  ('d2000000-0000-4000-8000-000000000002', 'd1000000-0000-4000-8000-000000000002', 'EUR', 'month', 29),
  ('d2000000-0000-4000-8000-000000000003', 'd1000000-0000-4000-8000-000000000002', 'EUR', 'year', 290),
  ('d2000000-0000-4000-8000-000000000004', 'd1000000-0000-4000-8000-000000000003', 'EUR', 'month', 149);

insert into public.subscriptions (id, organization_id, price_id, status, seats, period_start, period_end, external_id) values
  (
    'd3000000-0000-4000-8000-000000000001', 'b1000000-0000-4000-8000-000000000001',
    'd2000000-0000-4000-8000-000000000003', 'active', 5, '2026-03-01', '2027-03-01', 'sub_atelier_nord'
  ),
  (
    'd3000000-0000-4000-8000-000000000002', 'b1000000-0000-4000-8000-000000000002',
    'd2000000-0000-4000-8000-000000000002', 'past_due', 2, '2026-10-01', '2026-11-01', 'sub_kiln'
  );

insert into public.invoices (organization_id, subscription_id, currency, net, tax_rate, due_at, paid_at) values
  (
    'b1000000-0000-4000-8000-000000000001', 'd3000000-0000-4000-8000-000000000001', 'EUR', 290, 0.25,
    '2026-03-15', '2026-03-04'
  ),
  ('b1000000-0000-4000-8000-000000000002', 'd3000000-0000-4000-8000-000000000002', 'EUR', 29, 0.19, '2026-10-15', null);

insert into public.payment_events (id, kind, payload, handled_at) values
  ('evt_0001', 'invoice.paid', '{"subscription": "sub_atelier_nord", "amount": 29000}', now()),
  ('evt_0002', 'invoice.payment_failed', '{"subscription": "sub_kiln", "attempt": 1}', null);

insert into public.usage_quotas (organization_id, metric, allowed, used) values
  ('b1000000-0000-4000-8000-000000000001', 'storage_bytes', 53687091200, 1288490188),
  ('b1000000-0000-4000-8000-000000000001', 'views', 100000, 104211),
  ('b1000000-0000-4000-8000-000000000002', 'views', 10000, 830);

insert into public.usage_records (day, organization_id, metric, quantity)
select day::date, 'b1000000-0000-4000-8000-000000000001', 'views', 120 + 7 * extract(day from day)::int
from generate_series(date '2026-11-01', date '2026-11-14', interval '1 day') as day;

insert into public.consent_documents (id, kind, locale, version, title, body, published_at) values
  ('e1000000-0000-4000-8000-000000000001', 'terms', 'en', 1, 'Terms of service', 'You may …', '2026-01-02'),
  ('e1000000-0000-4000-8000-000000000002', 'privacy', 'en', 1, 'Privacy', 'We keep …', '2026-01-02'),
  ('e1000000-0000-4000-8000-000000000003', 'terms', 'en', 2, 'Terms of service', 'Draft …', null);

insert into public.consents (user_id, document_id, given_at)
select u.id, d.id, u.created_at
from auth.users u
cross join public.consent_documents d
where d.published_at is not null and u.email like '%.test';

insert into public.data_requests (user_id, kind) values ('a1000000-0000-4000-8000-000000000003', 'export');

insert into public.api_keys (organization_id, name, prefix, key_hash, scopes, created_by) values
  (
    'b1000000-0000-4000-8000-000000000001', 'Web shop', 'vk_9f2c', encode(sha256('a key of the seed'), 'hex'),
    array['scenes:read', 'statistics:read']::public.api_scope[], 'a1000000-0000-4000-8000-000000000002'
  );

insert into public.projects (id, organization_id, name, slug, description, visibility, created_by) values
  (
    'f1000000-0000-4000-8000-000000000001', 'b1000000-0000-4000-8000-000000000001', 'Autumn collection', 'autumn-2026',
    'Chairs and lamps for the catalogue', 'organization', 'a1000000-0000-4000-8000-000000000001'
  ),
  (
    'f1000000-0000-4000-8000-000000000002', 'b1000000-0000-4000-8000-000000000001', 'Museum pitch', 'museum-pitch',
    null, 'restricted', 'a1000000-0000-4000-8000-000000000002'
  ),
  (
    'f1000000-0000-4000-8000-000000000003', 'b1000000-0000-4000-8000-000000000002', 'Tableware', 'tableware',
    null, 'organization', 'a1000000-0000-4000-8000-000000000004'
  );

-- Li is a guest in one project of another organisation.
insert into public.project_members (project_id, user_id, access) values
  ('f1000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000003', 'edit'),
  ('f1000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000004', 'comment');

insert into public.folders (id, project_id, parent_id, name, position) values
  ('f2000000-0000-4000-8000-000000000001', 'f1000000-0000-4000-8000-000000000001', null, 'Chairs', 1),
  ('f2000000-0000-4000-8000-000000000002', 'f1000000-0000-4000-8000-000000000001', null, 'Lamps', 2),
  (
    'f2000000-0000-4000-8000-000000000003', 'f1000000-0000-4000-8000-000000000001',
    'f2000000-0000-4000-8000-000000000001', 'Prototypes', 1
  );

insert into public.scenes (id, organization_id, project_id, folder_id, name, description, status, labels, created_by) values
  (
    'f3000000-0000-4000-8000-000000000001', 'b1000000-0000-4000-8000-000000000001', 'f1000000-0000-4000-8000-000000000001',
    'f2000000-0000-4000-8000-000000000001', 'Birch lounge chair', 'Steam-bent birch with a wool seat', 'published',
    '{birch,wool}', 'a1000000-0000-4000-8000-000000000001'
  ),
  (
    'f3000000-0000-4000-8000-000000000002', 'b1000000-0000-4000-8000-000000000001', 'f1000000-0000-4000-8000-000000000001',
    'f2000000-0000-4000-8000-000000000003', 'Stackable stool', '', 'in_review', '{birch}',
    'a1000000-0000-4000-8000-000000000003'
  ),
  (
    'f3000000-0000-4000-8000-000000000003', 'b1000000-0000-4000-8000-000000000001', 'f1000000-0000-4000-8000-000000000002',
    null, 'Entrance hall', 'The hall at dusk', 'draft', '{}', 'a1000000-0000-4000-8000-000000000002'
  ),
  (
    'f3000000-0000-4000-8000-000000000004', 'b1000000-0000-4000-8000-000000000002', 'f1000000-0000-4000-8000-000000000003',
    null, 'Celadon bowl', 'Wheel-thrown, 18 cm', 'published', '{celadon}', 'a1000000-0000-4000-8000-000000000004'
  );

insert into public.scene_settings (scene_id, camera, exposure, background, auto_rotate) values
  ('f3000000-0000-4000-8000-000000000001', '{"fov": 35, "position": [2.1, 1.4, 2.8]}', 1.1, '#f5f5f4', true),
  ('f3000000-0000-4000-8000-000000000004', '{"fov": 50, "position": [0.4, 0.5, 0.6]}', 0.9, '#111827', false);

insert into public.scene_versions (id, scene_id, number, parent_id, document, note, created_by) values
  (
    'f4000000-0000-4000-8000-000000000001', 'f3000000-0000-4000-8000-000000000001', 1, null,
    '{"nodes": ["seat", "frame"]}', 'First import', 'a1000000-0000-4000-8000-000000000001'
  ),
  (
    'f4000000-0000-4000-8000-000000000002', 'f3000000-0000-4000-8000-000000000001', 2,
    'f4000000-0000-4000-8000-000000000001', '{"nodes": ["seat", "frame", "cushion"]}', 'With the cushion',
    'a1000000-0000-4000-8000-000000000003'
  ),
  (
    'f4000000-0000-4000-8000-000000000003', 'f3000000-0000-4000-8000-000000000004', 1, null, '{"nodes": ["bowl"]}', null,
    'a1000000-0000-4000-8000-000000000004'
  );

insert into public.scene_tags (scene_id, tag_id, organization_id) values
  (
    'f3000000-0000-4000-8000-000000000001', 'c1000000-0000-4000-8000-000000000001',
    'b1000000-0000-4000-8000-000000000001'
  ),
  (
    'f3000000-0000-4000-8000-000000000004', 'c1000000-0000-4000-8000-000000000003',
    'b1000000-0000-4000-8000-000000000002'
  );

insert into public.assets (id, project_id, kind, name, path, media_type, bytes, checksum, uploaded_by) values
  (
    'f5000000-0000-4000-8000-000000000001', 'f1000000-0000-4000-8000-000000000001', 'model', 'lounge-chair.glb',
    'f1000000-0000-4000-8000-000000000001/f5000000-0000-4000-8000-000000000001/lounge-chair.glb', 'model/gltf-binary',
    4811022, encode(sha256('lounge-chair'), 'hex'), 'a1000000-0000-4000-8000-000000000001'
  ),
  (
    'f5000000-0000-4000-8000-000000000002', 'f1000000-0000-4000-8000-000000000001', 'texture', 'wool.webp',
    'f1000000-0000-4000-8000-000000000001/f5000000-0000-4000-8000-000000000002/wool.webp', 'image/webp',
    320114, encode(sha256('wool'), 'hex'), 'a1000000-0000-4000-8000-000000000003'
  );

insert into public.asset_variants (asset_id, format, quality, path, bytes) values
  (
    'f5000000-0000-4000-8000-000000000001', 'glb-draco', 80,
    'f1000000-0000-4000-8000-000000000001/f5000000-0000-4000-8000-000000000001/lounge-chair.draco.glb', 1204110
  );

insert into public.scene_assets (scene_id, asset_id, project_id, node) values
  (
    'f3000000-0000-4000-8000-000000000001', 'f5000000-0000-4000-8000-000000000001',
    'f1000000-0000-4000-8000-000000000001', 'frame'
  ),
  (
    'f3000000-0000-4000-8000-000000000001', 'f5000000-0000-4000-8000-000000000002',
    'f1000000-0000-4000-8000-000000000001', 'cushion'
  );

insert into public.scene_publications (scene_id, version_id, address, options, published_by, published_at) values
  (
    'f3000000-0000-4000-8000-000000000001', 'f4000000-0000-4000-8000-000000000002', 'birch-lounge-chair',
    '{"ar": true}', 'a1000000-0000-4000-8000-000000000001', '2026-09-18 10:00+00'
  ),
  (
    'f3000000-0000-4000-8000-000000000004', 'f4000000-0000-4000-8000-000000000003', 'celadon-bowl', '{}',
    'a1000000-0000-4000-8000-000000000004', '2026-10-02 08:30+00'
  );

insert into public.embed_domains (organization_id, host, verified_at) values
  ('b1000000-0000-4000-8000-000000000001', 'shop.atelier-nord.test', '2026-09-20');

insert into public.scene_permissions (scene_id, user_id, access, granted_by, expires_at) values
  (
    'f3000000-0000-4000-8000-000000000002', 'a1000000-0000-4000-8000-000000000004', 'comment',
    'a1000000-0000-4000-8000-000000000001', '2027-01-31'
  );

insert into public.scene_comments (id, scene_id, parent_id, author_id, body, anchor, resolved_at) values
  (
    'f6000000-0000-4000-8000-000000000001', 'f3000000-0000-4000-8000-000000000001', null,
    'a1000000-0000-4000-8000-000000000002', 'The seam on the left arm shows.', '{"point": [0.31, 0.62, 0.05]}', null
  ),
  (
    'f6000000-0000-4000-8000-000000000002', 'f3000000-0000-4000-8000-000000000001',
    'f6000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000003', 'Fixed in version 2.', null, null
  );

insert into public.scene_statistics (scene_id, day, views, visitors, seconds)
select 'f3000000-0000-4000-8000-000000000001', day::date, 40 + extract(day from day)::int, 25, 1900
from generate_series(date '2026-11-01', date '2026-11-14', interval '1 day') as day;

insert into public.audit_events (organization_id, actor_id, action, subject, details) values
  (
    'b1000000-0000-4000-8000-000000000001', 'a1000000-0000-4000-8000-000000000001', 'scene.publish',
    'scene:f3000000-0000-4000-8000-000000000001', '{"address": "birch-lounge-chair"}'
  );
