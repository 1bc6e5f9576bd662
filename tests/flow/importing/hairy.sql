create schema shop;
create schema "Odd Names";
create extension citext with schema extensions;
create extension pg_trgm with schema extensions;
create extension pgmq;
create type public.status as enum ('draft', 'in review', '2nd look', 'published', 'name', '');
create type shop.unused as enum ('a', 'b');
create domain shop.email as text check (value ~ '^[^@]+@[^@]+$');
create sequence shop.invoice_numbers start 1000 increment 5;

create function public.is_owner(row_owner uuid) returns boolean language sql stable security definer set search_path = ''
  as $$ select row_owner = (select auth.uid()) $$;
create function shop.touch() returns trigger language plpgsql as $$ begin new.updated_at := now(); return new; end $$;
create function shop.slug(title text) returns text language sql immutable as $$ select lower(replace(title, ' ', '-')) $$;

create table public.organisations (
  id uuid primary key default gen_random_uuid(),
  name text not null default 'a:b "c" ''d'' %s \ back',
  contact shop.email,
  nick extensions.citext not null,
  plan public.status not null default 'draft',
  plans public.status[] not null default '{}',
  metadata jsonb not null default '{"a": 1}',
  constraint "name is : not empty" check (name <> '' and name not like '%:x%'),
  constraint letters check (name ~ '[[:alpha:]%]')
);
comment on table public.organisations is 'Who pays: "all" of it';
comment on column public.organisations.nick is E'first line\nsecond';
create table public.members (
  organisation_id uuid not null references public.organisations on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade on update no action,
  role text not null default 'viewer',
  invited_by uuid,
  primary key (user_id, organisation_id),
  constraint members_invited_by_fkey foreign key (organisation_id, invited_by)
    references public.members (organisation_id, user_id) deferrable initially deferred
) ;
create table shop.products (
  id bigint generated always as identity primary key,
  legacy serial,
  slug text generated always as (shop.slug(title)) stored,
  title varchar(80) not null,
  price numeric(10,2) not null check (price >= 0),
  weight double precision,
  tags text[],
  number bigint not null default nextval('shop.invoice_numbers'),
  list integer, class text, "uuid" uuid, date date, text text, "from" timestamp(3) with time zone, model_name text,
  _hidden boolean, "Weird Column" interval, ip inet, doc tsvector, clock time without time zone,
  location point, window_of tstzrange,
  updated_at timestamptz default now(),
  unique nulls not distinct (title, price),
  unique (legacy)
);
create table shop.items (id serial primary key, product bigint references shop.products, sort smallint);
create table shop.log (at timestamptz not null default now(), line text);
create table shop.events (id bigint not null, at timestamptz not null, kind text, primary key (id, at)) partition by range (at);
create table shop.events_2026 partition of shop.events for values from ('2026-01-01') to ('2027-01-01');
create table "Odd Names"."Some Table!" ("Primary Key" int, "select" text, constraint "the key" primary key ("Primary Key"));
create table shop.bookings (room int, during tstzrange, exclude using gist (during with &&));
create unlogged table shop.cache (key text primary key, value bytea) with (fillfactor = 70);

create unique index organisations_nick on public.organisations (lower(nick::text)) where plan <> 'draft';
create index products_title_trgm on shop.products using gin (title extensions.gin_trgm_ops);
create index products_cover on shop.products (price desc nulls last, slug) include (title);
create index products_brin on shop.products using brin (id) with (pages_per_range = 32);

alter table public.organisations enable row level security;
alter table public.organisations force row level security;
alter table public.members enable row level security;
alter table shop.products enable row level security;
create policy "owners: read" on public.organisations for select to authenticated, anon using (public.is_owner(id));
create policy "members write" on public.members as restrictive for insert to authenticated
  with check (exists (select 1 from public.organisations o where o.id = organisation_id));
create policy everything on shop.products using (true) with check (price > 0);
create policy "avatars" on storage.objects for select using (bucket_id = 'avatars');
create trigger touch before insert or update of title, price on shop.products
  for each row when (new.title <> 'x') execute function shop.touch();
create trigger on_signup after insert on auth.users for each row execute function shop.touch();
create trigger ins_stmt after insert on shop.items referencing new table as fresh for each statement execute function shop.touch();
create view public.catalogue with (security_invoker = true) as
  select p.id, p.title, p.price from shop.products p where p.price > 0;
create materialized view shop.totals as select count(*) as n from shop.products;
create unique index totals_n on shop.totals (n);
comment on view public.catalogue is 'what is for sale';
comment on function shop.slug(text) is 'a slug';
grant usage on schema shop to authenticated;
grant select, insert on shop.products to authenticated;
grant select (sort) on shop.items to anon;
grant select on public.catalogue to anon, authenticated;
revoke execute on function public.is_owner(uuid) from public;
grant execute on function public.is_owner(uuid) to authenticated;
alter default privileges in schema shop grant select on tables to service_role;
alter publication supabase_realtime add table public.members;
alter table public.members replica identity full;
